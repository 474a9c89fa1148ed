package com.lattestream.asyncapi.internal.schema;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsonFormatVisitors.JsonValueFormat;

/** The formats of strings in JSON Schema, which are stricter than those of Jackson: a {@code date-time} has an offset. */
final class StringFormats {

    private static final Set<Class<?>> WITH_OFFSET = Set.of(Instant.class, OffsetDateTime.class, Date.class);

    private StringFormats() {}

    /** Returns the format of a type, or empty if JSON Schema has no format for it. */
    static Optional<String> of(JavaType type, @Nullable JsonValueFormat format) {
        if (format == null) {
            return Optional.empty();
        }
        return switch (format) {
            case DATE_TIME ->
                WITH_OFFSET.contains(type.getRawClass()) ? Optional.of(format.toString()) : Optional.empty();
            case DATE, UUID -> Optional.of(format.toString());
            default -> Optional.empty();
        };
    }
}
