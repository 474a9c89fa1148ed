package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/** A property of values whose type is unknown until they are published. Thread-safe. */
final class DynamicProperty {

    private final String name;

    private final Predicate<Method> refused;

    private final Map<Class<?>, Method> accessors = new ConcurrentReferenceHashMap<>();

    DynamicProperty(String name, Predicate<Method> refused) {
        this.name = name;
        this.refused = refused;
    }

    /**
     * Returns the property of a value.
     * @throws IllegalArgumentException if the value has no such property, or its accessor is refused
     */
    @Nullable Object get(Object value) {
        return ReflectionUtils.invokeMethod(accessors.computeIfAbsent(value.getClass(), this::accessor), value);
    }

    private Method accessor(Class<?> type) {
        Method accessor = PropertyAccessors.require(type, name, refused);
        Method accessible = ClassUtils.getPubliclyAccessibleMethodIfPossible(accessor, type);
        ReflectionUtils.makeAccessible(accessible);
        return accessible;
    }
}
