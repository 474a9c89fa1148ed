package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that are allowed in names: those with a single text representation that is the same everywhere. */
final class TemplateValue {

    private TemplateValue() {}

    /** Returns whether values of a declared type may be allowed. */
    static boolean isPossibleType(Class<?> type) {
        if (type.isPrimitive() || isSupportedType(type)) {
            return true;
        }
        if (Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return false;
        }
        return type == Object.class
                || type.isInterface()
                || (Modifier.isAbstract(type.getModifiers()) && !type.isArray());
    }

    private static boolean isSupportedType(Class<?> type) {
        return CharSequence.class.isAssignableFrom(type)
                || Number.class.isAssignableFrom(type)
                || Enum.class.isAssignableFrom(type)
                || type == Boolean.class
                || type == Character.class
                || type == UUID.class;
    }

    /**
     * Returns the text of a value.
     * @throws IllegalArgumentException if the value is not allowed in a name; the message continues a sentence that
     * ends with "its value"
     */
    static String toText(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("is null");
        }
        if (!isSupportedType(value.getClass())) {
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
