package com.lattestream.core.internal.wire;

import com.lattestream.core.internal.validation.Quoted;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Validates JSON text that is sent unchanged. */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /**
     * Validates that a text is JSON.
     * @param text the text
     * @return the text
     * @throws IllegalArgumentException if it is not exactly one JSON value
     */
    public static String require(String text) {
        if (text == null) {
            throw new IllegalArgumentException(
                    "The data must be JSON text, and was null; the JSON text of null is 'null'");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != null) {
                parser.skipChildren();
                if (parser.nextToken() == null) {
                    return text;
                }
            }
        } catch (JacksonException ex) {
            throw invalid(text, ex);
        }
        throw invalid(text, null);
    }

    // the text may be confidential, and the message of the parser contains a part of it
    private static IllegalArgumentException invalid(String text, @Nullable JacksonException cause) {
        String where = cause == null || cause.getLocation() == null
                ? ""
                : "; the first error is at character " + cause.getLocation().getCharOffset();
        return new IllegalArgumentException("The data, of " + text.length()
                + " characters, must be exactly one JSON value, such as " + Quoted.of("{\"a\":1}") + where);
    }
}
