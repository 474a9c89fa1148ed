package com.lattestream.asyncapi.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import java.util.List;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** Converts types between Spring, Jackson and the generator of schemas. */
final class JacksonTypes {

    private final TypeFactory types;

    private final TypeResolver resolver = new TypeResolver();

    JacksonTypes(TypeFactory types) {
        this.types = types;
    }

    /** Returns the Jackson type of a Spring type; unknown type arguments become {@code Object}. */
    JavaType of(ResolvableType type) {
        if (type.isArray()) {
            return types.constructArrayType(of(type.getComponentType()));
        }
        Class<?> raw = type.resolve(Object.class);
        if (!type.hasGenerics()) {
            return types.constructType(raw);
        }
        JavaType[] arguments = new JavaType[type.getGenerics().length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = of(type.getGeneric(i));
        }
        return types.constructParametricType(raw, arguments);
    }

    /** Returns the Jackson type of a type of the generator. */
    JavaType of(ResolvedType type) {
        if (type.isArray()) {
            return types.constructArrayType(of(type.getArrayElementType()));
        }
        List<ResolvedType> parameters = type.getTypeParameters();
        return parameters.isEmpty()
                ? types.constructType(type.getErasedType())
                : types.constructParametricType(
                        type.getErasedType(), parameters.stream().map(this::of).toArray(JavaType[]::new));
    }

    /** Returns the generator's type of a Jackson type. */
    ResolvedType of(JavaType type) {
        if (type.isArrayType()) {
            return resolver.arrayType(of(type.getContentType()));
        }
        ResolvedType[] parameters = new ResolvedType[type.containedTypeCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = of(type.containedTypeOrUnknown(i));
        }
        return resolver.resolve(type.getRawClass(), parameters);
    }
}
