package com.lattestream.samples.quickstart;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connects and subscribes to a channel as the page does. */
final class Browser implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String publicKey;

    private final String channel;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();

    private final StringBuilder frame = new StringBuilder();

    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();

    private final WebSocket socket;

    private Browser(EmbeddedLatteStreamServer engine, String channel) throws Exception {
        this.publicKey = engine.publicKey();
        this.channel = channel;
        HttpClient http = HttpClient.newHttpClient();
        URI discover = URI.create("http://" + engine.endpoint() + "/discover?api_key=" + publicKey);
        String found = http.send(HttpRequest.newBuilder(discover).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        String token = JSON.readTree(found).path("discovery_token").stringValue();
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + engine.endpoint() + "/?discovery_token=" + token), this)
                .join();
    }

    static Browser subscribe(EmbeddedLatteStreamServer engine, String channel) throws Exception {
        Browser browser = new Browser(engine, channel);
        browser.subscribed.join();
        return browser;
    }

    /** Returns the data of the events so far. */
    List<JsonNode> received() {
        return List.copyOf(received);
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.sendText("{\"api_key\":\"" + publicKey + "\"}", true);
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            JsonNode message = JSON.readTree(frame.toString());
            frame.setLength(0);
            switch (message.path("event").stringValue()) {
                case "lattestream:connection_established" ->
                    from.sendText(
                            "{\"event\":\"lattestream:subscribe\",\"data\":{\"channel\":\"" + channel + "\"}}", true);
                case "lattestream_internal:subscription_succeeded" -> subscribed.complete(null);
                default -> received.add(JSON.readTree(message.path("data").stringValue()));
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
