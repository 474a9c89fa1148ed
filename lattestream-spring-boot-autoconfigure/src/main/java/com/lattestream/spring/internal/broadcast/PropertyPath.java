package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * A property, or a property of a property, validated against its type. After a type variable whose argument is unknown,
 * properties are looked up in the class of the value when the path is read. Thread-safe.
 */
final class PropertyPath {

    private final String text;

    private final List<Method> accessors;

    private final List<DynamicProperty> unresolved;

    private final ResolvableType type;

    private PropertyPath(String text, List<Method> accessors, List<DynamicProperty> unresolved, ResolvableType type) {
        this.text = text;
        this.accessors = accessors;
        this.unresolved = unresolved;
        this.type = type;
    }

    /**
     * Creates the path of a property.
     * @throws IllegalArgumentException if the property does not exist; the message lists the existing ones
     */
    static PropertyPath of(String text, ResolvableType root) {
        return of(text, root, accessor -> false);
    }

    /**
     * Creates the path of a property that is sent to subscribers.
     * @param refused matches accessors that must not be used
     * @throws IllegalArgumentException if the property does not exist, or one of its accessors is refused
     */
    static PropertyPath of(String text, ResolvableType root, Predicate<Method> refused) {
        List<Method> accessors = new ArrayList<>();
        ResolvableType type = root;
        List<String> names = Arrays.asList(text.split("\\.", -1));
        for (int i = 0; i < names.size(); i++) {
            Class<?> owner = type.resolve();
            if (owner == null) {
                List<DynamicProperty> unresolved = names.subList(i, names.size()).stream()
                        .map(name -> new DynamicProperty(name, refused))
                        .toList();
                // the type of the values is unknown as well
                return new PropertyPath(
                        text, List.copyOf(accessors), unresolved, ResolvableType.forClass(Object.class));
            }
            Method accessor = PropertyAccessors.require(owner, names.get(i), refused);
            ReflectionUtils.makeAccessible(accessor);
            accessors.add(accessor);
            type = PropertyAccessors.type(accessor, type);
        }
        return new PropertyPath(text, List.copyOf(accessors), List.of(), type);
    }

    Class<?> type() {
        return type.resolve(Object.class);
    }

    ResolvableType resolvableType() {
        return type;
    }

    @Nullable Object get(Object root) {
        Object value = root;
        for (Method accessor : accessors) {
            if (value == null) {
                return null;
            }
            value = ReflectionUtils.invokeMethod(accessor, value);
        }
        for (DynamicProperty property : unresolved) {
            if (value == null) {
                return null;
            }
            value = property.get(value);
        }
        return value;
    }

    @Override
    public String toString() {
        return text;
    }
}
