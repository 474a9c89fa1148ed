package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** A property, or a property of a property, of a type that is known to have it. Immutable. */
final class PropertyPath {

    private final String text;

    private final List<Method> accessors;

    private final ResolvableType type;

    private PropertyPath(String text, List<Method> accessors, ResolvableType type) {
        this.text = text;
        this.accessors = accessors;
        this.type = type;
    }

    /**
     * Finds a property.
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    static PropertyPath of(String text, ResolvableType root) {
        List<Method> accessors = new ArrayList<>();
        ResolvableType type = root;
        for (String name : text.split("\\.", -1)) {
            Class<?> owner = type.resolve(Object.class);
            EventProperties properties = EventProperties.of(owner);
            Method accessor = properties.accessor(name);
            if (accessor == null) {
                throw new IllegalArgumentException(
                        owner.getName() + " has no property '" + name + "'; it has " + known(properties));
            }
            ReflectionUtils.makeAccessible(accessor);
            accessors.add(accessor);
            type = EventProperties.type(accessor, type);
        }
        return new PropertyPath(text, List.copyOf(accessors), type);
    }

    private static String known(EventProperties properties) {
        return properties.names().isEmpty() ? "none" : String.join(", ", properties.names());
    }

    Class<?> type() {
        return type.resolve(Object.class);
    }

    ResolvableType resolvableType() {
        return type;
    }

    boolean anyAccessor(Predicate<Method> condition) {
        return accessors.stream().anyMatch(condition);
    }

    @Nullable Object get(Object root) {
        Object value = root;
        for (Method accessor : accessors) {
            if (value == null) {
                return null;
            }
            value = ReflectionUtils.invokeMethod(accessor, value);
        }
        return value;
    }

    @Override
    public String toString() {
        return text;
    }
}
