package com.lattestream.asyncapi.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.std.ReferenceTypeSerializer;

/**
 * Describes types for the generator of schemas, as Jackson's serializers write them. An object becomes a definition of
 * its own. Its properties are added later, because a property may have the type of the object itself, and the generator
 * must know the definition before it is referred to. Not thread-safe.
 */
final class TypeSchemas implements CustomDefinitionProviderV2 {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SerializationContext jackson;

    private final JacksonTypes types;

    private final Subtypes subtypes;

    private final TypeIds typeIds;

    private final Deque<Runnable> incomplete = new ArrayDeque<>();

    // maps and collections of themselves, which have no definition that could be referred to
    private final Set<JavaType> open = new HashSet<>();

    TypeSchemas(SerializationContext jackson, JacksonTypes types) {
        this.jackson = jackson;
        this.types = types;
        this.subtypes = new Subtypes(jackson);
        this.typeIds = new TypeIds(jackson);
    }

    /** Adds the properties of all objects that have been described. */
    void complete() {
        for (Runnable next = incomplete.poll(); next != null; next = incomplete.poll()) {
            next.run();
        }
    }

    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            @Nullable ResolvedType resolved, SchemaGenerationContext context) {
        if (resolved == null) {
            return null;
        }
        JavaType type = types.of(resolved);
        if (!open.add(type)) {
            return value(NODES.objectNode());
        }
        try {
            return describe(type, context);
        } finally {
            open.remove(type);
        }
    }

    private CustomDefinition describe(JavaType type, SchemaGenerationContext context) {
        ValueSerializer<?> serializer = usualSerializer(type);
        JsonShape shape = JsonShape.of(serializer, type, jackson);
        List<JavaType> others = isDynamic(serializer) ? subtypes.of(type) : List.of();
        if (others.isEmpty()) {
            return shape.kind() == JsonShape.Kind.OBJECT
                    ? definition(typeIds.include(type, object(shape, Set.of(), context), incomplete))
                    : value(value(shape, type, Set.of(), context));
        }
        ObjectNode schema = anyOf(others, context);
        if (!Subtypes.isAbstract(type.getRawClass())) {
            schema.withArrayProperty("anyOf").add(typeIds.include(type, object(shape, Set.of(), context), incomplete));
        }
        return definition(schema);
    }

    // Jackson writes the properties of the object's class, unless a serializer of its own writes the type
    private static boolean isDynamic(ValueSerializer<?> serializer) {
        return serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer;
    }

    // contextual, because of annotations such as @JsonFormat on the class
    private ValueSerializer<?> usualSerializer(JavaType type) {
        return jackson.findPrimaryPropertySerializer(type, null);
    }

    private ObjectNode anyOf(List<JavaType> options, SchemaGenerationContext context) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode anyOf = schema.putArray("anyOf");
        incomplete.add(() -> options.forEach(each -> anyOf.add(reference(each, context))));
        return schema;
    }

    private static CustomDefinition value(ObjectNode schema) {
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
    }

    private static CustomDefinition definition(ObjectNode schema) {
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.ALWAYS_REF, CustomDefinition.AttributeInclusion.NO);
    }

    private ObjectNode reference(JavaType type, SchemaGenerationContext context) {
        JavaType content = type.isReferenceType() ? type.getReferencedType() : type;
        return context.createDefinitionReference(types.of(content));
    }

    private ObjectNode object(JsonShape shape, Set<Part> outer, SchemaGenerationContext context) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        shape.properties().forEach((name, property) -> {
            if (!shape.optional().contains(name) && !PropertyPresence.mayBeAbsent(property, jackson)) {
                required.add(name);
            }
        });
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        incomplete.add(() -> shape.properties()
                .forEach((name, property) -> properties.set(name, property(property, outer, context))));
        return schema;
    }

    private ObjectNode property(BeanProperty property, Set<Part> outer, SchemaGenerationContext context) {
        JavaType type = property.getType();
        ObjectNode schema;
        if (property instanceof BeanPropertyWriter writer
                && writer.getTypeSerializer() != null
                && jackson.findTypeSerializer(type) == null) {
            // the type ids of this property only
            schema = NODES.objectNode();
        } else {
            schema = schema(type, serializer(property), outer, context);
        }
        if (property.findPropertyFormat(jackson.getConfig(), type.getRawClass()).hasPattern()) {
            schema.remove("format");
        }
        return PropertyPresence.mayBeNull(property, jackson) ? orNull(schema) : schema;
    }

    private ValueSerializer<?> serializer(BeanProperty property) {
        // of an annotation such as @JsonSerialize
        ValueSerializer<?> own = property instanceof BeanPropertyWriter writer ? writer.getSerializer() : null;
        return own == null ? jackson.findPrimaryPropertySerializer(property.getType(), property) : own;
    }

    /**
     * Returns the schema of a value in an object or a container. Its serializer may differ from that of its type: if it
     * writes other properties, the value has a schema of its own.
     */
    private ObjectNode schema(
            JavaType type, ValueSerializer<?> serializer, Set<Part> outer, SchemaGenerationContext context) {
        JavaType content = type.isReferenceType() ? type.getReferencedType() : type;
        boolean dynamic = isDynamic(serializer) || serializer instanceof ReferenceTypeSerializer;
        if (dynamic && !subtypes.of(content).isEmpty()) {
            return reference(content, context);
        }
        JsonShape shape = JsonShape.of(serializer, type, jackson);
        if (shape.kind() != JsonShape.Kind.OBJECT) {
            return value(shape, type, outer, context);
        }
        Set<String> properties = shape.properties().keySet();
        JsonShape usual = JsonShape.of(usualSerializer(type), type, jackson);
        if (properties.equals(usual.properties().keySet())) {
            return reference(content, context);
        }
        Part part = new Part(type, properties);
        if (outer.contains(part)) {
            return NODES.objectNode().put("type", "object");
        }
        Set<Part> path = new HashSet<>(outer);
        path.add(part);
        return object(shape, path, context);
    }

    /** A type of which only some properties are written. */
    private record Part(JavaType type, Set<String> properties) {}

    private ObjectNode value(JsonShape shape, JavaType type, Set<Part> outer, SchemaGenerationContext context) {
        ObjectNode schema = NODES.objectNode();
        switch (shape.kind()) {
            case ANY, OBJECT -> {}
            case STRING -> {
                schema.put("type", "string");
                if (!shape.values().isEmpty()) {
                    shape.values().forEach(schema.putArray("enum")::add);
                }
                StringFormats.of(type, shape.format()).ifPresent(format -> schema.put("format", format));
            }
            case INTEGER -> schema.put("type", "integer");
            case NUMBER -> schema.put("type", "number");
            case BOOLEAN -> schema.put("type", "boolean");
            case NULL -> schema.put("type", "null");
            case ARRAY -> {
                // Jackson describes them as arrays, and writes strings
                if (type.getRawClass() == byte[].class || type.getRawClass() == char[].class) {
                    schema.put("type", "string");
                } else {
                    schema.put("type", "array").set("items", content(shape.content(), outer, context));
                }
            }
            case MAP ->
                schema.put("type", "object").set("additionalProperties", content(shape.content(), outer, context));
        }
        return schema;
    }

    private ObjectNode content(JsonShape.@Nullable Content content, Set<Part> outer, SchemaGenerationContext context) {
        if (content == null) {
            return NODES.objectNode();
        }
        ValueSerializer<?> serializer = content.serializer();
        return serializer == null
                ? reference(content.type(), context)
                : schema(content.type(), serializer, outer, context);
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.get("type") != null && schema.get("type").isString()) {
            ArrayNode both = NODES.arrayNode().add(schema.get("type")).add("null");
            schema.set("type", both);
            if (schema.get("enum") instanceof ArrayNode values) {
                values.addNull();
            }
            return schema;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }
}
