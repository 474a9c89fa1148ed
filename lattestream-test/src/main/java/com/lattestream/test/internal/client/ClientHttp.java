package com.lattestream.test.internal.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP of clients for tests: one for all of them, with threads that do not keep a JVM alive. */
public final class ClientHttp {

    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private static final int MAX_SHOWN = 300;

    private ClientHttp() {}

    /**
     * What was answered.
     *
     * @param request what was asked, without headers
     * @param status the HTTP status
     * @param body the body as text
     */
    public record Answer(String request, int status, String body) {

        /**
         * Reads the body.
         * @return the body as JSON; a missing node where it is none
         */
        public JsonNode json() {
            try {
                return JsonMapper.shared().readTree(body);
            } catch (JacksonException ex) {
                return JsonMapper.shared().missingNode();
            }
        }

        /**
         * Tells whether what was asked for was done.
         * @return whether the status is 2xx
         */
        public boolean isSuccessful() {
            return status >= 200 && status < 300;
        }

        /** Returns a line that shows request, status and the beginning of the body. */
        @Override
        public String toString() {
            String line = body.replaceAll("\\R", " ");
            String shown = line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
            return request + " was answered " + status + (shown.isEmpty() ? "" : ": " + shown);
        }
    }

    /**
     * Asks.
     * @param request the request
     * @return the answer, whatever its status
     * @throws IllegalStateException if there is none
     */
    public static Answer send(HttpRequest request) {
        // not the query, which has a key in it
        String line = request.method() + " " + request.uri().toString().replaceFirst("\\?.*", "");
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(line, answer.statusCode(), answer.body());
        } catch (IOException ex) {
            throw new IllegalStateException(line + " failed: " + ex, ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(line + " was interrupted", ex);
        }
    }
}
