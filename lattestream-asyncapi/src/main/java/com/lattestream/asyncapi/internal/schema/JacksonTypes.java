package com.lattestream.asyncapi.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** Returns the Jackson type of a Spring type; unknown type arguments become their bounds. */
    JavaType of(ResolvableType type) {
        return of(type, Set.of());
    }

    // a variable may occur in its own bound: T extends Comparable<T>
    private JavaType of(ResolvableType type, Set<Type> variables) {
        if (type.isArray()) {
            return types.constructArrayType(of(type.getComponentType(), variables));
        }
        Class<?> raw = type.resolve(Object.class);
        if (!type.hasGenerics() || variables.contains(type.getType())) {
            return types.constructType(raw);
        }
        Set<Type> path = new HashSet<>(variables);
        if (type.getType() instanceof TypeVariable<?> variable) {
            path.add(variable);
        }
        JavaType[] arguments = new JavaType[type.getGenerics().length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = of(type.getGeneric(i), path);
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
