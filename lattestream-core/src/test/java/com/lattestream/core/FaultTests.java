package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.core.support.FaultyService;
import com.lattestream.core.support.FaultyService.Fault;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Results of calls when the service misbehaves on the socket. */
class FaultTests {

    private static final String OK_HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

    private static LatteStreamClientBuilder builder(String endpoint) {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(endpoint)
                .useTls(false)
                .enableBatching(false)
                .maxRetries(1)
                .retryDelay(Duration.ofMillis(1))
                .timeout(Duration.ofSeconds(10));
    }

    @Test
    void aServiceThatIsNotThereIsAConnectionException() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (LatteStreamClient client = builder("localhost:" + unused).build()) {
            assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                    .cause()
                    .isInstanceOf(LatteStreamConnectionException.class)
                    .hasMessageContaining("POST /events to http://localhost:" + unused)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void aHostThatDoesNotExistIsAConnectionException() {
        try (LatteStreamClient client = builder("does-not-exist.invalid")
                .timeout(Duration.ofSeconds(10))
                .build()) {
            assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                    .cause()
                    .isInstanceOf(LatteStreamConnectionException.class)
                    .hasMessageContaining("unknown host does-not-exist.invalid");
        }
    }

    @Test
    void withoutAResponseACallFailsWithATimeoutException() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndStall(""));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofMillis(300))
                        .build()) {
            assertThatThrownBy(() -> client.getChannelInfo("a").join())
                    .cause()
                    .isInstanceOf(LatteStreamTimeoutException.class)
                    .hasMessageContaining("GET /channels/a to http://" + service.endpoint())
                    .hasMessageContaining("PT0.3S");
            // the timeout is that of the call, so no time is left for a retry
            assertThat(service.received()).isEqualTo(1);
        }
    }

    @Test
    void theTimeoutCoversTheBody() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndStall(OK_HEAD + "{"));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofMillis(300))
                        .build()) {
            assertThatThrownBy(() -> client.getChannelInfo("a").join())
                    .cause()
                    .isInstanceOf(LatteStreamTimeoutException.class);
        }
    }

    @Test
    void aResetIsTriedAgain() throws IOException {
        try (FaultyService service = new FaultyService(Fault.reset(), Fault.sendAndClose(OK_HEAD + "{}"));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            client.trigger("a", "e", 1).join();

            assertThat(service.received()).isEqualTo(2);
        }
    }

    @Test
    void aQueryWithATruncatedResponseIsRetried() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndClose(OK_HEAD + "{"));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            assertThatThrownBy(() -> client.getChannelInfo("a").join())
                    .cause()
                    .isInstanceOf(LatteStreamConnectionException.class);
            assertThat(service.received()).isEqualTo(2);
        }
    }

    @Test
    void anEventWithStatus200IsNotSentAgainThoughTheBodyIsTruncated() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndClose(OK_HEAD + "{"));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            client.trigger("a", "e", 1).join();

            assertThat(service.received()).isEqualTo(1);
        }
    }

    @Test
    void anEventWithStatus200IsNotSentAgainThoughTheBodyStalls() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndStall(OK_HEAD));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofMillis(300))
                        .build()) {
            client.trigger("a", "e", 1).join();

            assertThat(service.received()).isEqualTo(1);
        }
    }

    @Test
    void aRefusalWhoseBodyIsTruncatedIsARefusal() throws IOException {
        try (FaultyService service =
                        new FaultyService(Fault.sendAndClose("HTTP/1.1 400 No\r\nContent-Length: 99\r\n\r\n{"));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            LatteStreamApiException.class,
                            ex -> assertThat(ex.status()).isEqualTo(400));
            assertThat(service.received()).isEqualTo(1);
        }
    }

    @Test
    void aResponseLongerThanAMebibyteIsRejected() throws IOException {
        String endless = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"users\":[" + " ".repeat(2 * 1024 * 1024);
        try (FaultyService service = new FaultyService(Fault.sendAndStall(endless));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofSeconds(10))
                        .build()) {
            assertThatThrownBy(() -> client.getUsers("presence-x").join())
                    .cause()
                    .isInstanceOf(LatteStreamConnectionException.class)
                    .hasMessageContaining("longer than 1048576 bytes");
        }
    }

    @Test
    void deeplyNestedJsonIsRefused() throws IOException {
        String body = "{\"channels\":".repeat(5000);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (FaultyService service = new FaultyService(Fault.sendAndStall(answer));
                LatteStreamClient client = builder(service.endpoint())
                        .timeout(Duration.ofSeconds(10))
                        .build()) {
            assertThatThrownBy(() -> client.getChannels(null).join())
                    .cause()
                    .isInstanceOf(LatteStreamApiException.class)
                    .hasMessageContaining("cannot be read");
        }
    }

    @Test
    void garbageInsteadOfHttpIsAConnectionException() throws IOException {
        try (FaultyService service = new FaultyService(Fault.sendAndClose("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
                LatteStreamClient client = builder(service.endpoint()).build()) {
            assertThatThrownBy(() -> client.getChannelInfo("a").join())
                    .cause()
                    .isInstanceOf(LatteStreamConnectionException.class);
        }
    }

    @Test
    void aServiceThatDoesNotSpeakTlsIsAConnectionException() throws IOException {
        try (FaultyService service = FaultyService.greeting("HTTP/1.1 400 Bad Request\r\n\r\n");
                LatteStreamClient client = builder(service.endpoint())
                        .useTls(true)
                        .timeout(Duration.ofSeconds(10))
                        .build()) {
            assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                    .cause()
                    .isInstanceOf(LatteStreamConnectionException.class)
                    .hasMessageContaining("https://" + service.endpoint());
        }
    }
}
