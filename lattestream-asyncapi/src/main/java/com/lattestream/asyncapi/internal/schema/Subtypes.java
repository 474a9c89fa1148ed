package com.lattestream.asyncapi.internal.schema;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.jsontype.NamedType;

/** Finds the classes of the objects that a type may stand for, if they are known. */
final class Subtypes {

    private final SerializationContext jackson;

    Subtypes(SerializationContext jackson) {
        this.jackson = jackson;
    }

    /**
     * Returns the concrete subtypes of a type: those that Jackson knows, and those that a sealed type permits.
     * @return the subtypes in alphabetical order, without the type itself; empty if they are unknown
     */
    List<JavaType> of(JavaType type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        addPermitted(type.getRawClass(), found);
        SerializationConfig config = jackson.getConfig();
        AnnotatedClass annotated = jackson.introspectClassAnnotations(type);
        Collection<NamedType> registered =
                config.getSubtypeResolver().collectAndResolveSubtypesByClass(config, annotated);
        registered.forEach(each -> found.add(each.getType()));
        found.remove(type.getRawClass());
        found.removeIf(each -> isAbstract(each) || !type.getRawClass().isAssignableFrom(each));
        List<Class<?>> sorted = new ArrayList<>(found);
        sorted.sort((one, other) -> one.getName().compareTo(other.getName()));
        return sorted.stream()
                .map(each -> jackson.constructSpecializedType(type, each))
                .toList();
    }

    private static void addPermitted(Class<?> type, Set<Class<?>> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (found.add(permitted)) {
                    addPermitted(permitted, found);
                }
            }
        }
    }

    static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isArray();
    }
}
