package com.lattestream.asyncapi.internal.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import org.springframework.core.Nullness;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedMember;

/** Determines whether a property may be null, and whether it may be absent because Jackson does not write its value. */
final class PropertyPresence {

    private PropertyPresence() {}

    /**
     * Returns whether a property may be written as null: its type is annotated as nullable, or is an {@code Optional}.
     */
    static boolean mayBeNull(BeanProperty property, SerializationContext jackson) {
        if (property.getType().isReferenceType()) {
            return inclusion(property, jackson) == JsonInclude.Include.ALWAYS
                    || inclusion(property, jackson) == JsonInclude.Include.NON_NULL;
        }
        return nullness(property) == Nullness.NULLABLE && inclusion(property, jackson) == JsonInclude.Include.ALWAYS;
    }

    /** Returns whether a property may be absent. */
    static boolean mayBeAbsent(BeanProperty property, SerializationContext jackson) {
        return switch (inclusion(property, jackson)) {
            case ALWAYS, USE_DEFAULTS -> false;
            case NON_NULL -> isPossiblyNull(property);
            case NON_ABSENT -> isPossiblyNull(property) || property.getType().isReferenceType();
            case NON_EMPTY, NON_DEFAULT, CUSTOM -> true;
        };
    }

    private static JsonInclude.Include inclusion(BeanProperty property, SerializationContext jackson) {
        AnnotatedMember member = property.getMember();
        JsonInclude.Include inclusion = property.findPropertyInclusion(
                        jackson.getConfig(), member == null ? Object.class : member.getDeclaringClass())
                .getValueInclusion();
        return inclusion == JsonInclude.Include.USE_DEFAULTS ? JsonInclude.Include.ALWAYS : inclusion;
    }

    private static boolean isPossiblyNull(BeanProperty property) {
        return !property.getType().isPrimitive() && nullness(property) != Nullness.NON_NULL;
    }

    private static Nullness nullness(BeanProperty property) {
        AnnotatedMember annotated = property.getMember();
        Member member = annotated == null ? null : annotated.getMember();
        if (member instanceof Method method) {
            return Nullness.forMethodReturnType(method);
        }
        return member instanceof Field field ? Nullness.forField(field) : Nullness.UNSPECIFIED;
    }
}
