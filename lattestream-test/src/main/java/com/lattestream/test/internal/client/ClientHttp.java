package com.lattestream.test.internal.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends the HTTP requests of test clients, with a shared client whose threads do not prevent the JVM from exiting. */
public final class ClientHttp {

    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final int MAX_BODY_LENGTH = 300;

    private ClientHttp() {}

    /**
     * An HTTP response.
     *
     * @param request method and URI of the request
     * @param status the HTTP status
     * @param body the body as text
     */
    public record Response(String request, int status, String body) {

        /**
         * Parses the body.
         * @return the body as JSON; a missing node if it is not JSON
         */
        public JsonNode json() {
            try {
                return JsonMapper.shared().readTree(body);
            } catch (JacksonException ex) {
                return JsonMapper.shared().missingNode();
            }
        }

        /**
         * Returns whether the request was successful.
         * @return whether the status is 2xx
         */
        public boolean isSuccessful() {
            return status >= 200 && status < 300;
        }

        /** Returns the request, the status and the beginning of the body on one line. */
        @Override
        public String toString() {
            String line = body.replaceAll("\\R", " ");
            String truncated = line.length() <= MAX_BODY_LENGTH ? line : line.substring(0, MAX_BODY_LENGTH) + "...";
            return request + " returned " + status + (truncated.isEmpty() ? "" : ": " + truncated);
        }
    }

    /**
     * Sends a request and waits for the response.
     * @param request the request
     * @return the response, regardless of its status
     * @throws IllegalStateException if no response is received
     */
    public static Response send(HttpRequest request) {
        // without the query, which contains a key
        String line = request.method() + " " + request.uri().toString().replaceFirst("\\?.*", "");
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Response(line, response.statusCode(), response.body());
        } catch (IOException ex) {
            throw new IllegalStateException(line + " failed: " + ex, ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(line + " was interrupted", ex);
        }
    }
}
