package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.internal.wire.EventObjectModule;
import java.lang.reflect.Modifier;
import java.util.EventObject;
import java.util.function.Supplier;
import org.springframework.core.ResolvableType;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;

/**
 * Checks that an application event has at least one property to send: its source and its timestamp are never sent.
 * Abstract types are not checked, because a subclass may add properties.
 */
final class PayloadValidator {

    private final Supplier<JsonMapper> jsonMapper;

    /** Creates a check with the mapper that serializes events, which is requested with the first check. */
    PayloadValidator(Supplier<JsonMapper> jsonMapper) {
        this.jsonMapper = SingletonSupplier.of(() ->
                jsonMapper.get().rebuild().addModule(new EventObjectModule()).build());
    }

    /**
     * Checks the payload of a definition.
     * @throws InvalidBroadcastException if there is no property to send
     */
    void require(BroadcastDefinition definition, ResolvableType type) {
        Class<?> payload = definition.payloadType().orElse(type).resolve(Object.class);
        if (!EventObject.class.isAssignableFrom(payload) || Modifier.isAbstract(payload.getModifiers())) {
            return;
        }
        try {
            jsonMapper.get().acceptJsonFormatVisitor(payload, new JsonFormatVisitorWrapper.Base());
        } catch (JacksonException ex) {
            InvalidBroadcastException invalid = definition.invalid(payload.getName() + " has no property to send: "
                    + ex.getOriginalMessage() + ". Add a property, or name one with payload = \"...\"");
            invalid.initCause(ex);
            throw invalid;
        }
    }
}
