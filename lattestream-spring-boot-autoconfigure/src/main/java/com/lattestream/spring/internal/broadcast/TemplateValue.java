package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What may stand in a name: values that have one text, the same everywhere. */
final class TemplateValue {

    private TemplateValue() {}

    /** Tells of a declared type whether its values may be such. */
    static boolean mayBe(Class<?> type) {
        if (type.isPrimitive() || isText(type)) {
            return true;
        }
        if (Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return false;
        }
        return type == Object.class
                || type.isInterface()
                || (Modifier.isAbstract(type.getModifiers()) && !type.isArray());
    }

    private static boolean isText(Class<?> type) {
        return CharSequence.class.isAssignableFrom(type)
                || Number.class.isAssignableFrom(type)
                || Enum.class.isAssignableFrom(type)
                || type == Boolean.class
                || type == Character.class
                || type == UUID.class;
    }

    /**
     * Returns a value's text.
     * @throws IllegalArgumentException if it has none that could stand in a name; the message goes on from "its value"
     */
    static String text(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("is null");
        }
        if (!isText(value.getClass())) {
            throw new IllegalArgumentException("is a " + value.getClass().getName()
                    + ", and not a text, number, boolean, character, enum or UUID");
        }
        String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return text;
    }
}
