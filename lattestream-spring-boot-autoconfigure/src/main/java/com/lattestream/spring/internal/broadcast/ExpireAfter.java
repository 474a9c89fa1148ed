package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.internal.validation.Quoted;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/** Parses the expiry of broadcasts. */
final class ExpireAfter {

    private ExpireAfter() {}

    /**
     * Parses an expiry.
     * @param text a duration, in the formats of Spring Boot's properties with a unit
     * @return the duration
     * @throws IllegalArgumentException if the text is not a duration that an event accepts
     */
    static Duration parse(String text) {
        Duration expiry = duration(text);
        try {
            // the rules are those of an event
            Event.of("channel", "event", null).expiringAfter(expiry);
        } catch (IllegalArgumentException ex) {
            throw outOfRange(text);
        }
        // an event publication registry stores milliseconds
        if (expiry.toMillis() == 0) {
            throw outOfRange(text);
        }
        return expiry;
    }

    private static IllegalArgumentException outOfRange(String text) {
        return new IllegalArgumentException(invalid(text) + " of at least 1 ms and at most 365 days");
    }

    private static Duration duration(String text) {
        String trimmed = text.trim();
        try {
            // a number without a unit would be milliseconds, which a reader does not expect
            if (!trimmed.isEmpty() && !Character.isDigit(trimmed.charAt(trimmed.length() - 1))) {
                return DurationStyle.detectAndParse(trimmed);
            }
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(invalid(text) + " with a unit, such as 5s, 500ms or PT5S", ex);
        }
        throw new IllegalArgumentException(invalid(text) + " with a unit, such as 5s, 500ms or PT5S");
    }

    private static String invalid(String text) {
        return "expireAfter " + Quoted.of(text) + " is not a duration";
    }
}
