package com.lattestream.asyncapi.internal.schema;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNullFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanAsArraySerializer;
import tools.jackson.databind.ser.bean.UnrolledBeanAsArraySerializer;
import tools.jackson.databind.ser.bean.UnwrappingBeanPropertyWriter;

/**
 * The shape of the JSON that a serializer of Jackson writes, one level deep. Jackson's serializers describe it
 * themselves, so that it follows the mapper's settings, modules and mix-ins as well as annotations.
 */
final class JsonShape {

    /** The type of a JSON value. */
    enum Kind {
        ANY,
        OBJECT,
        MAP,
        ARRAY,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NULL
    }

    private Kind kind = Kind.ANY;

    private @Nullable JsonValueFormat format;

    private final Set<String> values = new LinkedHashSet<>();

    private final Map<String, BeanProperty> properties = new LinkedHashMap<>();

    private final Set<String> optional = new HashSet<>();

    private @Nullable Content content;

    private JsonShape() {}

    /** Returns the shape of the JSON that a serializer writes for a type. */
    static JsonShape of(ValueSerializer<?> serializer, JavaType type, SerializationContext context) {
        JsonShape shape = new JsonShape();
        // any object, or an object that may be written as its id only
        if (type.isJavaLangObject() || serializer.usesObjectId()) {
            return shape;
        }
        // Jackson describes them as objects, and writes arrays
        if (serializer instanceof BeanAsArraySerializer || serializer instanceof UnrolledBeanAsArraySerializer) {
            shape.kind = Kind.ARRAY;
            return shape;
        }
        serializer.acceptJsonFormatVisitor(shape.new Visitor(context), type);
        if (shape.kind == Kind.OBJECT) {
            serializer.properties().forEachRemaining(property -> shape.addOptional(property, context));
        }
        return shape;
    }

    // an unwrapped object that is null has no properties
    private void addOptional(PropertyWriter property, SerializationContext context) {
        if (property instanceof UnwrappingBeanPropertyWriter unwrapping
                && (PropertyPresence.mayBeNull(unwrapping, context)
                        || PropertyPresence.mayBeAbsent(unwrapping, context))) {
            JsonShape unwrapped = new JsonShape();
            unwrapping.depositSchemaProperty(
                    unwrapped.new Visitor(context).expectObjectFormat(unwrapping.getType()), context);
            optional.addAll(unwrapped.properties.keySet());
        }
    }

    Kind kind() {
        return kind;
    }

    @Nullable JsonValueFormat format() {
        return format;
    }

    /** Returns the only possible strings; empty if any string is possible. */
    Set<String> values() {
        return values;
    }

    /** Returns the properties of an object in the order in which they are written. */
    Map<String, BeanProperty> properties() {
        return properties;
    }

    /** Returns the properties of an object that may be absent because the object that contains them may be null. */
    Set<String> optional() {
        return optional;
    }

    /** Returns the elements of an array or the values of a map; null if unknown. */
    @Nullable Content content() {
        return content;
    }

    /**
     * The elements of an array or the values of a map.
     *
     * @param type their type
     * @param serializer the serializer that writes them; null for the serializer of their type
     */
    record Content(JavaType type, @Nullable ValueSerializer<?> serializer) {

        private static Content of(@Nullable JsonFormatVisitable handler, JavaType type) {
            return new Content(type, handler instanceof ValueSerializer<?> serializer ? serializer : null);
        }
    }

    private final class Visitor extends JsonFormatVisitorWrapper.Base {

        Visitor(SerializationContext context) {
            super(context);
        }

        @Override
        public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            kind = Kind.OBJECT;
            return new JsonObjectFormatVisitor.Base(getContext()) {

                @Override
                public void property(BeanProperty property) {
                    properties.put(property.getName(), property);
                }

                @Override
                public void optionalProperty(BeanProperty property) {
                    properties.put(property.getName(), property);
                }
            };
        }

        @Override
        public JsonMapFormatVisitor expectMapFormat(JavaType type) {
            kind = Kind.MAP;
            return new JsonMapFormatVisitor.Base(getContext()) {

                @Override
                public void valueFormat(JsonFormatVisitable handler, JavaType valueType) {
                    content = Content.of(handler, valueType);
                }
            };
        }

        @Override
        public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            kind = Kind.ARRAY;
            return new JsonArrayFormatVisitor.Base(getContext()) {

                @Override
                public void itemsFormat(JsonFormatVisitable handler, JavaType elementType) {
                    content = Content.of(handler, elementType);
                }

                @Override
                public void itemsFormat(JsonFormatTypes format) {
                    content = contentOf(format);
                }
            };
        }

        private @Nullable Content contentOf(JsonFormatTypes format) {
            Class<?> type = switch (format) {
                case STRING -> String.class;
                case INTEGER -> Long.class;
                case NUMBER -> Double.class;
                case BOOLEAN -> Boolean.class;
                default -> null;
            };
            return type == null ? null : new Content(getContext().constructType(type), null);
        }

        @Override
        public JsonStringFormatVisitor expectStringFormat(JavaType type) {
            kind = Kind.STRING;
            return new JsonStringFormatVisitor.Base() {

                @Override
                public void format(JsonValueFormat described) {
                    format = described;
                }

                @Override
                public void enumTypes(Set<String> possible) {
                    values.addAll(possible);
                }
            };
        }

        @Override
        public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            kind = Kind.NUMBER;
            return new JsonNumberFormatVisitor.Base();
        }

        @Override
        public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            kind = Kind.INTEGER;
            return new JsonIntegerFormatVisitor.Base();
        }

        @Override
        public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            kind = Kind.BOOLEAN;
            return new JsonBooleanFormatVisitor.Base();
        }

        @Override
        public JsonNullFormatVisitor expectNullFormat(JavaType type) {
            kind = Kind.NULL;
            return new JsonNullFormatVisitor.Base();
        }

        @Override
        public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
            kind = Kind.ANY;
            return new JsonAnyFormatVisitor.Base();
        }
    }
}
