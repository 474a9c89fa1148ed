package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EmbeddedLatteStreamServerTests {

    @Test
    void listensOnAFreePortUnderTheNameLocalhost() {
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().start()) {
            assertThat(engine.port()).isBetween(1, 65_535);
            assertThat(engine.endpoint()).isEqualTo("localhost:" + engine.port());
            assertThat(SignedCall.trigger(engine, "chat", "message", "{}").path("triggered"))
                    .hasToString("0");
        }
    }

    @Test
    void hasARandomSecretAndAFixedPublicKeyByDefault() {
        EmbeddedLatteStreamServer.Builder builder = EmbeddedLatteStreamServer.builder();
        try (EmbeddedLatteStreamServer engine = builder.start();
                EmbeddedLatteStreamServer other = builder.start()) {
            assertThat(engine.secret()).matches("lsk_local_[A-Za-z0-9_-]{32}").isNotEqualTo(other.secret());
            assertThat(engine.publicKey()).isEqualTo("lspk_local_engine").isEqualTo(other.publicKey());
        }
    }

    @Test
    void rejectsTheSecretOfAnotherEngine() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                EmbeddedLatteStreamServer other =
                        EmbeddedLatteStreamServer.builder().start()) {
            SignedCall call = SignedCall.query(engine, "/channels").header("Authorization", other.secret());

            assertThat(call.send().statusCode()).isEqualTo(401);
        }
    }

    @Test
    void acceptsConfiguredKeys() {
        try (EmbeddedLatteStreamServer engine = EmbeddedLatteStreamServer.builder()
                        .secret("lsk_other")
                        .publicKey("lspk_other")
                        .start();
                TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            SignedCall.trigger(engine, "chat", "message", "1");

            assertThat(engine.secret()).isEqualTo("lsk_other");
            assertThat(subscriber.nextEvent()).isEqualTo("message");
        }
    }

    @Test
    void toStringDoesNotContainTheSecret() {
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().secret("lsk_do_not_show").start()) {
            assertThat(engine).hasToString("EmbeddedLatteStreamServer[localhost:" + engine.port() + "]");
        }
    }

    @Test
    void rejectsInvalidKeysAndPorts() {
        EmbeddedLatteStreamServer.Builder builder = EmbeddedLatteStreamServer.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.secret("lspk_public"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.publicKey("lsk_secret"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.publicKey("lspk_a&b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.port(65_536))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.port(-1)).withMessageContaining("-1");
    }

    @Test
    void listensOnTheLoopbackAddressOnly() throws Exception {
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().start()) {
            List<InetSocketAddress> others = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .map(address -> new InetSocketAddress(address, engine.port()))
                    .toList();

            assertThat(others)
                    .allSatisfy(other -> assertThatThrownBy(() -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(other, 1000);
                                }
                            })
                            .isInstanceOf(IOException.class));
        }
    }

    @Test
    void reportsAPortThatIsInUse() {
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().start()) {
            EmbeddedLatteStreamServer.Builder second =
                    EmbeddedLatteStreamServer.builder().port(engine.port());

            assertThatIllegalStateException()
                    .isThrownBy(second::start)
                    .withMessage("Port " + engine.port() + " is in use: choose another port, or 0 for any free port");
        }
    }

    @Test
    void canReuseThePortOfAClosedEngine() {
        EmbeddedLatteStreamServer first = EmbeddedLatteStreamServer.builder().start();
        try (TestSocket subscriber = TestSocket.subscribe(first, "chat")) {
            SignedCall.trigger(first, "chat", "message", "1");
            assertThat(subscriber.nextEvent()).isEqualTo("message");
            first.close();
        }

        try (EmbeddedLatteStreamServer second =
                        EmbeddedLatteStreamServer.builder().port(first.port()).start();
                TestSocket subscriber = TestSocket.subscribe(second, "chat")) {
            SignedCall.trigger(second, "chat", "again", "1");
            assertThat(subscriber.nextEvent()).isEqualTo("again");
            assertThat(second.events()).hasSize(1);
        }
    }

    @Test
    void isIndependentOfOtherEngines() {
        try (EmbeddedLatteStreamServer one = EmbeddedLatteStreamServer.builder().start();
                EmbeddedLatteStreamServer other =
                        EmbeddedLatteStreamServer.builder().start();
                TestSocket subscriber = TestSocket.subscribe(one, "chat")) {
            SignedCall.trigger(other, "chat", "message", "1");

            subscriber.expectNoFrame();
            assertThat(one.events()).isEmpty();
            assertThat(other.events()).hasSize(1);
        }
    }

    @Test
    void recordsAcceptedEventsInOrder() {
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().start()) {
            List<ReceivedEvent> before = engine.events();
            SignedCall.trigger(engine, "chat", "first", "{\"text\":\"Hello\"}");
            SignedCall.post(
                            engine,
                            "/batch_events",
                            "{\"batch\":[{\"channel\":\"a,b\",\"name\":\"second\",\"data\":\"2\",\"socket_id\":\"1.2\"}]}")
                    .send();

            assertThat(before).isEmpty();
            assertThat(engine.events())
                    .containsExactly(
                            new ReceivedEvent(List.of("chat"), "first", "{\"text\":\"Hello\"}", null),
                            new ReceivedEvent(List.of("a", "b"), "second", "2", "1.2"));
        }
    }

    @Test
    void clearEventsKeepsSubscriptions() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            SignedCall.trigger(engine, "chat", "before", "1");
            engine.clearEvents();
            SignedCall.trigger(engine, "chat", "after", "1");

            assertThat(engine.events()).extracting(ReceivedEvent::name).containsExactly("after");
            assertThat(subscriber.nextEvent()).isEqualTo("before");
            assertThat(subscriber.nextEvent()).isEqualTo("after");
        }
    }

    @Test
    void closingClosesWebSockets() {
        EmbeddedLatteStreamServer engine = EmbeddedLatteStreamServer.builder().start();
        try (TestSocket admitted = TestSocket.subscribe(engine, "chat");
                TestSocket silent = TestSocket.open(engine)) {
            silent.awaitRegistered();

            engine.close();

            assertThat(admitted.awaitCloseCode()).isEqualTo(1001);
            assertThat(silent.awaitCloseCode()).isEqualTo(1001);
        }
    }

    @Test
    void webhookUrlRequiresAValidHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedLatteStreamServer.builder().webhookUrl("http://my_app:8080/webhooks"))
                .withMessageContaining("http://my_app:8080/webhooks")
                .withMessageContaining("underscore");
    }

    @Test
    void closingStopsAllThreads() {
        Set<Thread> before = engineThreads();
        EmbeddedLatteStreamServer engine = EmbeddedLatteStreamServer.builder().start();
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            Set<Thread> started = engineThreads();
            started.removeAll(before);
            assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);

            engine.close();
            engine.close();

            await().untilAsserted(() -> assertThat(engineThreads()).isSubsetOf(before));
            assertThatThrownBy(() -> SignedCall.get(engine, "/discover")).isInstanceOf(UncheckedIOException.class);
            assertThat(subscriber.awaitCloseCode()).isEqualTo(1001);
        }
    }

    private static Set<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lattestream-engine"))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
