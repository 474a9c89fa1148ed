package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A signed request to an engine; every part can be modified after signing. */
final class SignedCall {

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String endpoint;

    private final String path;

    private final Map<String, String> headers = new LinkedHashMap<>();

    private final String method;

    private byte[] body;

    private SignedCall(EmbeddedLatteStreamServer engine, String method, String path, byte[] body, Instant time) {
        this.endpoint = engine.endpoint();
        this.method = method;
        this.path = path;
        this.body = body;
        String timestamp = String.valueOf(time.getEpochSecond());
        String nonce = UUID.randomUUID().toString();
        headers.put("Content-Type", "application/json");
        headers.put("Authorization", engine.secret());
        headers.put("X-LatteStream-Timestamp", timestamp);
        headers.put("X-LatteStream-Nonce", nonce);
        headers.put(
                "X-LatteStream-Signature",
                new RequestSigner(LatteStreamSecret.of(engine.secret())).sign(method, path, body, timestamp, nonce));
    }

    static SignedCall post(EmbeddedLatteStreamServer engine, String path, byte[] body, Instant time) {
        return new SignedCall(engine, "POST", path, body, time);
    }

    static SignedCall post(EmbeddedLatteStreamServer engine, String path, String body) {
        return new SignedCall(engine, "POST", path, body.getBytes(UTF_8), Instant.now());
    }

    static SignedCall query(EmbeddedLatteStreamServer engine, String path) {
        return new SignedCall(engine, "GET", path, new byte[0], Instant.now());
    }

    /** Triggers an event and verifies that it is accepted. */
    static JsonNode trigger(EmbeddedLatteStreamServer engine, String channel, String event, String data) {
        return trigger(engine, channel, event, data, Instant.now());
    }

    static JsonNode trigger(EmbeddedLatteStreamServer engine, String channel, String event, String data, Instant time) {
        String body = json().put("channel", channel)
                .put("event", event)
                .put("data", data)
                .toString();
        HttpResponse<String> response =
                post(engine, "/events", body.getBytes(UTF_8), time).send();
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return parse(response.body());
    }

    static ObjectNode json() {
        return JsonMapper.shared().createObjectNode();
    }

    static JsonNode parse(String text) {
        return JsonMapper.shared().readTree(text);
    }

    SignedCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    SignedCall without(String name) {
        headers.remove(name);
        return this;
    }

    SignedCall body(String other) {
        body = other.getBytes(UTF_8);
        return this;
    }

    HttpResponse<String> send() {
        return sendTo(path);
    }

    HttpResponse<String> sendTo(String otherPath) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + endpoint + otherPath))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request);
    }

    static HttpResponse<String> get(EmbeddedLatteStreamServer engine, String path) {
        return send(HttpRequest.newBuilder(URI.create("http://" + engine.endpoint() + path)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
