package com.lattestream.core.internal.wire;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;

/** Fails with a reason, instead of writing unintended data. */
final class RefusingSerializer extends ValueSerializer<Object> {

    private final JavaType type;

    private final String reason;

    RefusingSerializer(JavaType type, String reason) {
        this.type = type;
        this.reason = reason;
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        context.reportBadDefinition(type, reason);
    }

    @Override
    public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType typeHint) {
        visitor.getContext().reportBadDefinition(type, reason);
    }
}
