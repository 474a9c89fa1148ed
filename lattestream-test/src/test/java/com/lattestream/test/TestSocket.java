package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A WebSocket client that is independent of the engine's server. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {

    private static final long TIMEOUT_SECONDS = 5;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private final StringBuilder partial = new StringBuilder();

    final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

    private final CompletableFuture<Void> pong = new CompletableFuture<>();

    volatile String closeReason = "";

    private WebSocket socket;

    private String socketId = "";

    /** Opens a socket without sending a key. */
    static TestSocket open(EmbeddedLatteStreamServer engine) {
        return open(engine, discoveryToken(engine));
    }

    static TestSocket open(EmbeddedLatteStreamServer engine, String token) {
        TestSocket client = new TestSocket();
        client.socket = handshake("ws://" + engine.endpoint() + "?discovery_token=" + token, client)
                .join();
        return client;
    }

    /** Opens a socket and sends the public key. */
    static TestSocket connect(EmbeddedLatteStreamServer engine) {
        return authenticate(open(engine), engine.publicKey());
    }

    /** Opens a socket without discovery and sends a client token. */
    static TestSocket connectWithToken(EmbeddedLatteStreamServer engine, String clientToken) {
        return authenticate(openUndiscovered(engine), clientToken);
    }

    /** Opens a socket without discovery. */
    static TestSocket openUndiscovered(EmbeddedLatteStreamServer engine) {
        TestSocket client = new TestSocket();
        client.socket = handshake("ws://" + engine.endpoint(), client).join();
        return client;
    }

    private static TestSocket authenticate(TestSocket client, String key) {
        client.send("{\"api_key\":\"" + key + "\"}");
        JsonNode established = client.next();
        assertThat(established.path("event").stringValue()).isEqualTo("lattestream:connection_established");
        client.socketId = established.path("data").path("socket_id").stringValue();
        return client;
    }

    /** Opens a socket, sends the key and subscribes. */
    static TestSocket subscribe(EmbeddedLatteStreamServer engine, String channel) {
        TestSocket client = connect(engine);
        client.subscribe(channel);
        return client;
    }

    static CompletableFuture<WebSocket> handshake(String uri, WebSocket.Listener listener) {
        return SignedCall.HTTP
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .buildAsync(URI.create(uri), listener);
    }

    static String discoveryToken(EmbeddedLatteStreamServer engine) {
        String response = SignedCall.get(engine, "/discover?api_key=" + engine.publicKey())
                .body();
        return SignedCall.parse(response).path("discovery_token").stringValue();
    }

    void subscribe(String channel) {
        send(frame("lattestream:subscribe", channel));
        JsonNode response = next();
        assertThat(response.path("event").stringValue()).isEqualTo("lattestream_internal:subscription_succeeded");
        assertThat(response.path("channel").stringValue()).isEqualTo(channel);
        assertThat(response.path("data").isObject()).isTrue();
    }

    static String frame(String event, String channel) {
        return "{\"event\":\"" + event + "\",\"data\":{\"channel\":\"" + channel + "\"}}";
    }

    /** Waits until the engine has registered this socket, which may happen after the handshake. */
    void awaitRegistered() {
        socket.sendPing(ByteBuffer.allocate(0)).join();
        pong.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    private final AtomicInteger pings = new AtomicInteger();

    private volatile boolean reading = true;

    private volatile boolean receivedBinary;

    /** Returns the number of pings from the engine. */
    int pings() {
        return pings.get();
    }

    /** Stops reading, so that pings are not answered. */
    void stopReading() {
        reading = false;
    }

    boolean hasReceivedBinary() {
        return receivedBinary;
    }

    /** Returns whether no frame is waiting to be read. */
    boolean isSilent() {
        return received.isEmpty();
    }

    private void continueReading(WebSocket socket) {
        if (reading) {
            socket.request(1);
        }
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        pings.incrementAndGet();
        continueReading(socket);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        receivedBinary = true;
        continueReading(socket);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        pong.complete(null);
        continueReading(socket);
        return null;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Waits for the next frame and returns it. */
    JsonNode next() {
        return SignedCall.parse(nextText());
    }

    /** Waits for the next frame and returns its text. */
    String nextText() {
        try {
            String text = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return Objects.requireNonNull(text, "no frame came; closed: " + closeCode);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    String nextEvent() {
        return next().path("event").stringValue();
    }

    /** Verifies that no frame has been sent: it would arrive before the pong, because frames are delivered in order. */
    void expectNoFrame() {
        send("{\"event\":\"lattestream:ping\",\"data\":{}}");
        assertThat(next()).isEqualTo(SignedCall.parse("{\"event\":\"lattestream:pong\"}"));
    }

    int awaitCloseCode() {
        return closeCode.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    String socketId() {
        return socketId;
    }

    WebSocket socket() {
        return socket;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        continueReading(webSocket);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeReason = reason;
        closeCode.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        // the connection was lost without a close frame
        closeReason = error.toString();
        closeCode.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
