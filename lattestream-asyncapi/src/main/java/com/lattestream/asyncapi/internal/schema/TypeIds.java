package com.lattestream.asyncapi.internal.schema;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Adds the type ids that Jackson writes for types with {@code @JsonTypeInfo}. */
final class TypeIds {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SerializationContext jackson;

    TypeIds(SerializationContext jackson) {
        this.jackson = jackson;
    }

    /**
     * Includes the type id in the schema of an object.
     * @param type the type of the object
     * @param schema the schema of its properties
     * @param later receives tasks that run after the properties have been added
     * @return the schema of the object with its type id
     */
    ObjectNode include(JavaType type, ObjectNode schema, Queue<Runnable> later) {
        TypeSerializer serializer = jackson.findTypeSerializer(type);
        if (serializer == null || serializer.getTypeIdResolver().getMechanism() == JsonTypeInfo.Id.DEDUCTION) {
            return schema;
        }
        String id = id(serializer, type);
        return switch (serializer.getTypeInclusion()) {
            case PROPERTY, EXISTING_PROPERTY -> withProperty(serializer.getPropertyName(), id, schema, later);
            case WRAPPER_OBJECT -> id == null ? NODES.objectNode().put("type", "object") : wrapper(id, schema);
            case WRAPPER_ARRAY -> pair(id, schema);
            // beside the value, or none
            default -> schema;
        };
    }

    // a resolver of the application may need a value
    private @Nullable String id(TypeSerializer serializer, JavaType type) {
        return serializer.getTypeIdResolver().getMechanism() == JsonTypeInfo.Id.CUSTOM
                ? null
                : serializer.getTypeIdResolver().idFromValueAndType(jackson, null, type.getRawClass());
    }

    private static ObjectNode withProperty(String name, @Nullable String id, ObjectNode schema, Queue<Runnable> later) {
        ObjectNode properties = schema.withObjectProperty("properties");
        ArrayNode required = schema.withArrayProperty("required");
        if (!required.valueStream().anyMatch(each -> each.asString().equals(name))) {
            required.insert(0, name);
        }
        properties.set(name, constant(id));
        later.add(() -> properties.set(name, constant(id)));
        return schema;
    }

    private static ObjectNode wrapper(String id, ObjectNode schema) {
        ObjectNode wrapper = NODES.objectNode().put("type", "object");
        wrapper.putObject("properties").set(id, schema);
        wrapper.putArray("required").add(id);
        return wrapper;
    }

    private static ObjectNode pair(@Nullable String id, ObjectNode schema) {
        ObjectNode pair = NODES.objectNode().put("type", "array");
        pair.putArray("items").add(constant(id)).add(schema);
        return pair.put("minItems", 2).put("maxItems", 2);
    }

    private static ObjectNode constant(@Nullable String id) {
        ObjectNode schema = NODES.objectNode().put("type", "string");
        return id == null ? schema : schema.put("const", id);
    }
}
