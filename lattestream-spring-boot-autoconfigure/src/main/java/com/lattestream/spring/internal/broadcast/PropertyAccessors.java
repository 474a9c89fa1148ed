package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * The properties of a type: a record's components, getters, and other methods without parameters that return a value.
 */
final class PropertyAccessors {

    private final Map<String, Method> getters = new TreeMap<>();

    private final Map<String, Method> methods = new TreeMap<>();

    private PropertyAccessors() {}

    static PropertyAccessors of(Class<?> type) {
        PropertyAccessors properties = new PropertyAccessors();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, PropertyAccessors::isAccessor)) {
            String property = property(method);
            if (property == null) {
                properties.methods.putIfAbsent(method.getName(), method);
            } else {
                properties.getters.putIfAbsent(property, method);
            }
        }
        // the declared methods of an interface do not include inherited ones
        if (type.isInterface()) {
            for (Method method : type.getMethods()) {
                if (isAccessor(method)) {
                    String property = property(method);
                    properties.getters.putIfAbsent(property == null ? method.getName() : property, method);
                }
            }
        }
        return properties;
    }

    private static boolean isAccessor(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && !method.isSynthetic()
                && method.getDeclaringClass() != Object.class
                && !ReflectionUtils.isObjectMethod(method);
    }

    private static @Nullable String property(Method method) {
        String name = method.getName();
        if (name.length() > 3 && name.startsWith("get")) {
            return StringUtils.uncapitalizeAsProperty(name.substring(3));
        }
        if (name.length() > 2 && name.startsWith("is") && method.getReturnType() == boolean.class) {
            return StringUtils.uncapitalizeAsProperty(name.substring(2));
        }
        return method.getDeclaringClass().isRecord() ? name : null;
    }

    /**
     * Returns the accessor of a property.
     * @throws IllegalArgumentException if the property does not exist, or is refused
     */
    static Method require(Class<?> type, String property, Predicate<Method> refused) {
        PropertyAccessors properties = of(type);
        Method accessor = properties.accessor(property);
        if (accessor == null) {
            throw new IllegalArgumentException(type.getName() + " has no property '" + property + "'; it has "
                    + (properties.names().isEmpty() ? "none" : String.join(", ", properties.names())));
        }
        if (refused.test(accessor)) {
            throw new RefusedPropertyException();
        }
        return accessor;
    }

    private @Nullable Method accessor(String property) {
        Method getter = getters.get(property);
        return getter == null ? methods.get(property) : getter;
    }

    // for the message about a property that does not exist
    private Collection<String> names() {
        return getters.isEmpty() ? methods.keySet() : getters.keySet();
    }

    /** Returns the type of a property, with the type arguments of its owner. */
    static ResolvableType type(Method accessor, ResolvableType owner) {
        return ResolvableType.forType(accessor.getGenericReturnType(), owner.as(accessor.getDeclaringClass()));
    }

    /** Thrown if a property must not be used. */
    static final class RefusedPropertyException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        RefusedPropertyException() {
            super("the source and the timestamp of an event are never sent");
        }
    }
}
