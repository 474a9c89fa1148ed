package com.lattestream.asyncapi.internal.schema;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.BeanPropertyWriter;

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
        JsonShape shape = JsonShape.of(jackson.findValueSerializer(type), type, jackson);
        if (shape.kind() == JsonShape.Kind.OBJECT || shape.kind() == JsonShape.Kind.ANY) {
            List<JavaType> concrete = subtypes.of(type);
            if (!concrete.isEmpty()) {
                return definition(anyOf(concrete, context));
            }
        }
        return shape.kind() == JsonShape.Kind.OBJECT
                ? definition(typeIds.include(type, object(shape, context), incomplete))
                : new CustomDefinition(
                        value(shape, type, context),
                        CustomDefinition.DefinitionType.INLINE,
                        CustomDefinition.AttributeInclusion.NO);
    }

    private ObjectNode anyOf(List<JavaType> options, SchemaGenerationContext context) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode anyOf = schema.putArray("anyOf");
        incomplete.add(() -> options.forEach(each -> anyOf.add(reference(each, context))));
        return schema;
    }

    private static CustomDefinition definition(ObjectNode schema) {
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.ALWAYS_REF, CustomDefinition.AttributeInclusion.NO);
    }

    private ObjectNode reference(JavaType type, SchemaGenerationContext context) {
        JavaType value = type.isReferenceType() ? type.getReferencedType() : type;
        return context.createDefinitionReference(types.of(value));
    }

    private ObjectNode object(JsonShape shape, SchemaGenerationContext context) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        shape.properties().forEach((name, property) -> {
            if (!PropertyPresence.mayBeAbsent(property, jackson)) {
                required.add(name);
            }
        });
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        incomplete.add(() ->
                shape.properties().forEach((name, property) -> properties.set(name, property(property, context))));
        return schema;
    }

    private ObjectNode property(BeanProperty property, SchemaGenerationContext context) {
        JavaType type = property.getType();
        ObjectNode schema;
        if (property instanceof BeanPropertyWriter writer
                && writer.getTypeSerializer() != null
                && jackson.findTypeSerializer(type) == null) {
            // the type ids of this property only
            schema = NODES.objectNode();
        } else {
            schema = schema(type, jackson.findPrimaryPropertySerializer(type, property), context);
        }
        if (property.findPropertyFormat(jackson.getConfig(), type.getRawClass()).hasPattern()) {
            schema.remove("format");
        }
        return PropertyPresence.mayBeNull(property, jackson) ? orNull(schema) : schema;
    }

    // a serializer of its own may write a type differently
    private ObjectNode schema(JavaType type, ValueSerializer<?> serializer, SchemaGenerationContext context) {
        JsonShape shape = JsonShape.of(serializer, type, jackson);
        if (shape.kind() != JsonShape.Kind.OBJECT) {
            return value(shape, type, context);
        }
        JsonShape usual = JsonShape.of(jackson.findValueSerializer(type), type, jackson);
        return shape.properties().keySet().equals(usual.properties().keySet())
                ? reference(type, context)
                : object(shape, context);
    }

    private ObjectNode value(JsonShape shape, JavaType type, SchemaGenerationContext context) {
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
                    schema.put("type", "array").set("items", content(shape.content(), context));
                }
            }
            case MAP -> schema.put("type", "object").set("additionalProperties", content(shape.content(), context));
        }
        return schema;
    }

    private ObjectNode content(JsonShape.@Nullable Content content, SchemaGenerationContext context) {
        if (content == null) {
            return NODES.objectNode();
        }
        ValueSerializer<?> serializer = content.serializer();
        return serializer == null ? reference(content.type(), context) : schema(content.type(), serializer, context);
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
