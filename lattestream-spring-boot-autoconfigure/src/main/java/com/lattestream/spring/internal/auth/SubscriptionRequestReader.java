package com.lattestream.spring.internal.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the request of a browser client from JSON or form data. Only two fields are read: the browser does not
 * determine the user, nor the presence member. Thread-safe.
 */
public final class SubscriptionRequestReader {

    /** Maximum length of a body in bytes. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final MediaType ANY_JSON = new MediaType("application", "*+json");

    // strict, which the application's own mapper may not be; as a reader of one type, because a mapper makes the
    // first requests wait for each other, and WebFlux reads them on event loops
    private static final ObjectReader STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final FormHttpMessageConverter forms = new FormHttpMessageConverter();

    /**
     * Creates a reader.
     */
    public SubscriptionRequestReader() {}

    /**
     * Reads a body.
     * @param type the media type
     * @param body the body, of an allowed length
     * @return the request
     * @throws RejectedRequestException if the body is not valid
     */
    public SubscriptionRequest read(MediaType type, byte[] body) {
        if (type.isCompatibleWith(MediaType.APPLICATION_JSON) || type.isCompatibleWith(ANY_JSON)) {
            return json(body);
        }
        if (isForm(type)) {
            return form(body);
        }
        throw new RejectedRequestException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                null,
                "The body must be application/json or application/x-www-form-urlencoded");
    }

    /**
     * Reads a form that has already been parsed.
     * @param values returns the values of a field; null if there are none
     * @return the request
     * @throws RejectedRequestException if the form is not valid
     */
    public SubscriptionRequest parameters(Function<String, @Nullable List<String>> values) {
        return SubscriptionRequest.of(
                single(values.apply(SubscriptionRequest.SOCKET_ID)),
                single(values.apply(SubscriptionRequest.CHANNEL_NAME)));
    }

    /**
     * Parses the header with the media type.
     * @param header the value of {@code Content-Type}; null if it is missing
     * @return the media type; {@code application/octet-stream} if it is missing or not valid
     */
    public static MediaType contentType(@Nullable String header) {
        try {
            return header == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(header);
        } catch (InvalidMediaTypeException | IndexOutOfBoundsException ex) {
            // Spring's parser fails with the latter for some unbalanced quotes
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    /**
     * Returns whether a body is a form.
     * @param type the media type
     * @return whether the media type is that of forms
     */
    public static boolean isForm(MediaType type) {
        return type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED);
    }

    /**
     * Checks a length.
     * @param length the announced or actual length in bytes; negative if it is unknown
     * @throws RejectedRequestException if the length exceeds {@link #MAX_LENGTH}
     */
    public static void requireAllowedLength(long length) {
        if (length > MAX_LENGTH) {
            throw tooLong();
        }
    }

    /**
     * Returns the exception for a body that is too long.
     * @return the exception
     */
    public static RejectedRequestException tooLong() {
        return new RejectedRequestException(
                HttpStatus.CONTENT_TOO_LARGE, null, "The body must have at most " + MAX_LENGTH + " bytes");
    }

    /**
     * Returns the exception for a form that cannot be parsed.
     * @return the exception
     */
    public static RejectedRequestException malformedForm() {
        return malformed("The body is not form data");
    }

    private static SubscriptionRequest json(byte[] body) {
        JsonNode json;
        try {
            json = STRICT.readTree(body);
        } catch (JacksonException ex) {
            throw malformed("The body is not JSON");
        }
        if (!json.isObject()) {
            throw malformed("The body is not a JSON object");
        }
        return SubscriptionRequest.of(
                json.path(SubscriptionRequest.SOCKET_ID).stringValue(null),
                json.path(SubscriptionRequest.CHANNEL_NAME).stringValue(null));
    }

    private SubscriptionRequest form(byte[] body) {
        try {
            return parameters(forms.read(null, new Form(body))::get);
        } catch (HttpMessageNotReadableException | IllegalArgumentException ex) {
            throw malformedForm();
        } catch (IOException ex) {
            throw new UncheckedIOException("Reading from an array does not fail", ex);
        }
    }

    // with two values, one could be checked and the other one used
    private static @Nullable String single(@Nullable List<String> values) {
        return values != null && values.size() == 1 ? values.get(0) : null;
    }

    private static RejectedRequestException malformed(String detail) {
        return new RejectedRequestException(HttpStatus.BAD_REQUEST, null, detail);
    }

    private record Form(byte[] body) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            headers.setContentType(new MediaType(MediaType.APPLICATION_FORM_URLENCODED, StandardCharsets.UTF_8));
            return headers;
        }
    }
}
