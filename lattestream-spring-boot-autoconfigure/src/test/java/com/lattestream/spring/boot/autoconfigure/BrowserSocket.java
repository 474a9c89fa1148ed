package com.lattestream.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Behaves like the browser client: connects to an engine, requests authorization, and subscribes with the response. */
public final class BrowserSocket implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Frames frames = new Frames();

    private final WebSocket socket;

    private final String socketId;

    private BrowserSocket(EmbeddedLatteStreamServer engine) throws IOException, InterruptedException {
        JsonNode discovered = send(HttpRequest.newBuilder(
                URI.create("http://" + engine.endpoint() + "/discover?api_key=" + engine.publicKey())));
        String token = discovered.path("discovery_token").stringValue();
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + engine.endpoint() + "?discovery_token=" + token), frames)
                .join();
        send(Map.of("api_key", engine.publicKey()));
        socketId = next().path("data").path("socket_id").stringValue();
    }

    public static BrowserSocket connect(EmbeddedLatteStreamServer engine) throws IOException, InterruptedException {
        return new BrowserSocket(engine);
    }

    /** Subscribes as a user who logs in at the application with the password "password"; returns the response. */
    public JsonNode subscribe(ApplicationContext application, String user, String channel)
            throws IOException, InterruptedException {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        String contextPath = application instanceof ReactiveWebApplicationContext
                ? ""
                : application.getEnvironment().getProperty("server.servlet.context-path", "");
        JsonNode authorization =
                send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + contextPath + "/auth"))
                        .header("Content-Type", "application/json")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString((user + ":password").getBytes(UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("socket_id", socketId, "channel_name", channel)))));
        Map<String, Object> data = new HashMap<>();
        data.put("channel", channel);
        authorization.properties().forEach(field -> data.put(field.getKey(), field.getValue()));
        send(Map.of("event", "lattestream:subscribe", "data", data));
        return next();
    }

    public void send(Map<String, ?> frame) {
        socket.sendText(JSON.writeValueAsString(frame), true).join();
    }

    /** Returns the next frame, waiting for it. */
    public JsonNode next() throws InterruptedException {
        String frame = frames.received.poll(10, TimeUnit.SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return JSON.readTree(frame);
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Frames implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            received.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
