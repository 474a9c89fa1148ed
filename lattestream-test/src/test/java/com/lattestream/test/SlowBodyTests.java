package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that announce a body and send it slowly or not at all do not delay other clients. */
class SlowBodyTests {

    /** More than the number of threads of the engine. */
    private static final int SLOW_CONNECTIONS = 300;

    private static final String EVENT = "{\"channel\":\"chat\",\"event\":\"message\",\"data\":\"1\"}";

    private final List<Socket> sockets = new ArrayList<>();

    private EmbeddedLatteStreamServer engine =
            EmbeddedLatteStreamServer.builder().start();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        engine.close();
    }

    /** The requests with a body. */
    enum Endpoint {
        SIGNED("/events"),
        UNSIGNED("/events"),
        TOKEN("/apps/token"),
        CONSOLE("/console/trigger"),
        FAULT("/fault");

        private final String path;

        Endpoint(String path) {
            this.path = path;
        }
    }

    @ParameterizedTest
    @EnumSource(Endpoint.class)
    void missingBodiesDoNotDelayOtherRequests(Endpoint endpoint) throws Exception {
        engine.faults().failAll().onPath("/fault").withStatus(503);
        String head = head(endpoint, 1000);
        for (int i = 0; i < SLOW_CONNECTIONS; i++) {
            send(head + "{");
        }

        assertOtherRequestsSucceed();
        for (Socket socket : sockets) {
            socket.getOutputStream().write(' ');
        }
        assertOtherRequestsSucceed();
        await().untilAsserted(() ->
                assertThat(runningThreads()).as("threads in a body").isZero());
    }

    @Test
    void fragmentedBodyIsAssembled() throws Exception {
        byte[] body = EVENT.getBytes(UTF_8);
        Socket socket = send(signedHead(body));
        for (byte one : body) {
            socket.getOutputStream().write(one);
            socket.getOutputStream().flush();
        }

        assertThat(readResponse(socket)).startsWith("HTTP/1.1 200").contains("\"triggered\":0");
        assertThat(engine.events()).hasSize(1);
    }

    @Test
    void disconnectedClientReleasesItsBody() throws Exception {
        Socket socket = send(signedHead(EVENT.getBytes(UTF_8)) + "{");
        socket.close();

        await().untilAsserted(() -> assertThat(engine.requests()).hasSize(1));
        assertThat(engine.events()).isEmpty();
        assertOtherRequestsSucceed();
    }

    @Test
    void requestWithoutTheSecretIsRejectedBeforeItsBodyIsRead() throws Exception {
        byte[] body = new byte[100_000];
        Arrays.fill(body, (byte) ' ');
        Socket socket = send(head(Endpoint.UNSIGNED, body.length));
        socket.getOutputStream().write(body);

        assertThat(readResponse(socket)).startsWith("HTTP/1.1 401").contains("Authorization");
    }

    @ParameterizedTest
    @EnumSource(
            value = Endpoint.class,
            names = {"SIGNED", "TOKEN", "CONSOLE"})
    void incompleteOrSlowBodyTimesOut(Endpoint endpoint) throws Exception {
        engine.close();
        engine = EmbeddedLatteStreamServer.builder()
                .bodyTimeout(Duration.ofMillis(500))
                .start();
        Socket stopping = send(head(endpoint, 1000) + "{");
        Socket dripping = send(head(endpoint, 1000) + "{");

        assertThat(readResponse(stopping)).startsWith("HTTP/1.1 408").contains("Connection: close");
        await().pollInterval(Duration.ofMillis(20)).until(() -> isTimedOut(dripping));
    }

    private static boolean isTimedOut(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
            return socket.getInputStream().available() > 0;
        } catch (IOException ex) {
            return true;
        }
    }

    @Test
    void excessIncompleteBodiesAreRejectedWithRetryAfterAndCompleteOnesHandled() throws Exception {
        String head = head(Endpoint.TOKEN, 1000);
        for (int i = 0; i < 1_010; i++) {
            send(head + "{");
        }
        // without polling first, because a further request would wait if it arrived too early
        await().until(() -> rejectedConnections().size() == 10);
        assertThat(readResponse(rejectedConnections().get(0)))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1");

        String body = "{\"api_key\":\"" + engine.publicKey() + "\",\"socket_id\":\"1.2\"}";
        assertThat(readResponse(send(head(Endpoint.TOKEN, body.length()) + body)))
                .startsWith("HTTP/1.1 200");
        // requests with the secret have a capacity of their own
        Socket signed = send(signedHead(EVENT.getBytes(UTF_8)));
        signed.getOutputStream().write(EVENT.getBytes(UTF_8));
        assertThat(readResponse(signed)).startsWith("HTTP/1.1 200");
    }

    private List<Socket> rejectedConnections() throws IOException {
        List<Socket> refused = new ArrayList<>();
        for (Socket socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                refused.add(socket);
            }
        }
        return refused;
    }

    @Test
    void connectionIsReusedAfterASlowBody() throws Exception {
        byte[] body = EVENT.getBytes(UTF_8);
        Socket socket = send(signedHead(body));
        socket.getOutputStream().write(body);
        assertThat(readResponse(socket)).startsWith("HTTP/1.1 200");

        socket.getOutputStream().write((signedHead(body) + EVENT).getBytes(UTF_8));
        assertThat(readResponse(socket)).startsWith("HTTP/1.1 200");
    }

    private void assertOtherRequestsSucceed() {
        Instant start = Instant.now();
        SignedCall.trigger(engine, "chat", "message", "1");
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            SignedCall.trigger(engine, "chat", "message", "1");
            assertThat(subscriber.nextEvent()).isEqualTo("message");
        }
        assertThat(new ConsoleClient(engine).get("/console").status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now()))
                .as("time for some calls and a subscription")
                .isLessThan(Duration.ofSeconds(3));
    }

    private static long runningThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("lattestream-engine"))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("com.lattestream.test.internal")))
                .count();
    }

    private String head(Endpoint endpoint, int length) {
        return switch (endpoint) {
            case SIGNED -> signedHead(new byte[length]);
            case CONSOLE -> consoleHead(length);
            default ->
                "POST " + endpoint.path + " HTTP/1.1\r\nHost: " + engine.endpoint()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
        };
    }

    private String consoleHead(int length) {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            return "POST /console/trigger HTTP/1.1\r\nHost: " + engine.endpoint() + "\r\nOrigin: http://"
                    + engine.endpoint() + "\r\nContent-Type: application/json\r\nX-LatteStream-Console: "
                    + stream.next("hello").path("token").stringValue() + "\r\nContent-Length: " + length + "\r\n\r\n";
        }
    }

    private String signedHead(byte[] body) {
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        String nonce = UUID.randomUUID().toString();
        String signature = new RequestSigner(LatteStreamSecret.of(engine.secret()))
                .sign("POST", "/events", body, timestamp, nonce);
        return "POST /events HTTP/1.1\r\nHost: " + engine.endpoint() + "\r\nContent-Type: application/json\r\n"
                + "Authorization: " + engine.secret() + "\r\nX-LatteStream-Timestamp: " + timestamp
                + "\r\nX-LatteStream-Nonce: " + nonce + "\r\nX-LatteStream-Signature: " + signature
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.port());
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Reads the complete response to the request. */
    private static String readResponse(Socket socket) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        int next = in.read();
        while (next >= 0 && !response.toString(UTF_8).endsWith("}")) {
            response.write(next);
            next = response.toString(UTF_8).endsWith("}") ? -1 : in.read();
        }
        return response.toString(UTF_8);
    }
}
