package com.lattestream.spring.internal.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what the browser asks for, from a bounded body of JSON or form data. Of all it may say, two fields are read: who
 * the user is, and as whom they join, is not the browser's to say. Thread-safe.
 */
final class SubscriptionRequestReader {

    static final int MAX_LENGTH = 16 * 1024;

    private static final MediaType ANY_JSON = new MediaType("application", "*+json");

    // the application's own mapper may be told to be lenient
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final FormHttpMessageConverter forms = new FormHttpMessageConverter();

    SubscriptionRequest read(HttpServletRequest request) throws IOException {
        MediaType type = contentType(request);
        byte[] body = body(request);
        if (type.isCompatibleWith(MediaType.APPLICATION_JSON) || type.isCompatibleWith(ANY_JSON)) {
            return json(body);
        }
        if (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) {
            return body.length == 0 ? parameters(request) : form(body);
        }
        throw new RejectedRequestException(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                null,
                "The body must be application/json or application/x-www-form-urlencoded");
    }

    private static MediaType contentType(HttpServletRequest request) {
        String type = request.getContentType();
        try {
            return type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException ex) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_LENGTH) {
            throw tooLong();
        }
        byte[] body = request.getInputStream().readNBytes(MAX_LENGTH + 1);
        if (body.length > MAX_LENGTH) {
            throw tooLong();
        }
        return body;
    }

    private static RejectedRequestException tooLong() {
        return new RejectedRequestException(
                HttpStatus.CONTENT_TOO_LARGE, null, "The body must have at most " + MAX_LENGTH + " bytes");
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

    private SubscriptionRequest form(byte[] body) throws IOException {
        try {
            Map<String, List<String>> form = forms.read(null, new Form(body));
            return SubscriptionRequest.of(
                    single(form.get(SubscriptionRequest.SOCKET_ID)),
                    single(form.get(SubscriptionRequest.CHANNEL_NAME)));
        } catch (HttpMessageNotReadableException | IllegalArgumentException ex) {
            throw malformed("The body is not form data");
        }
    }

    // a filter, such as one that looks for a token in the form, may have had the container read the body already
    private static SubscriptionRequest parameters(HttpServletRequest request) {
        return SubscriptionRequest.of(
                single(values(request, SubscriptionRequest.SOCKET_ID)),
                single(values(request, SubscriptionRequest.CHANNEL_NAME)));
    }

    private static @Nullable List<String> values(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? null : Arrays.asList(values);
    }

    // of two values, one could be checked and the other used
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
