package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Cache;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Observers, listeners and components of a client, as metrics and traces use them. */
class ObservationTests {

    private final StubService service = new StubService();

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private final ThreadLocal<String> current = new ThreadLocal<>();

    @AfterEach
    void close() {
        service.close();
    }

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder("lsk_test_of_observation")
                .name("chat")
                .endpoint(service.endpoint())
                .useTls(false)
                .maxRetries(1)
                .retryDelay(Duration.ofMillis(1));
    }

    @Test
    void everyAttemptIsObservedWithTheContextOfItsCaller() {
        service.answerInTurn(Reply.of(503, "busy"), Reply.of(201, "{}"));
        try (LatteStreamClient client =
                builder().requestObserver(new Recorder()).build()) {
            current.set("request 7");
            client.trigger("room", "message", 1).join();
        }

        assertThat(seen)
                .containsExactly(
                        "chat http://" + service.endpoint() + " trigger_batch for request 7",
                        "refused 503",
                        "chat http://" + service.endpoint() + " trigger_batch for request 7",
                        "succeeded 201");
    }

    @Test
    void aBatchBelongsToTheCallerOfItsFirstEvent() {
        try (LatteStreamClient client =
                builder().batchSize(2).requestObserver(new Recorder()).build()) {
            current.set("first");
            client.trigger("room", "message", 1);
            current.set("second");
            client.trigger("room", "message", 2).join();
        }

        assertThat(seen).first().asString().endsWith("for first");
    }

    @Test
    void eachCallIsAnOperationOfItsOwn() {
        service.answer(request -> Reply.json(
                request.path().startsWith("/channels/presence-a/users")
                        ? "{\"users\":[]}"
                        : "{\"auth\":\"a\",\"occupied\":true,\"channels\":{},\"accessToken\":\"t\",\"tokenType\":\"b\","
                                + "\"expiresIn\":1,\"tenantId\":\"x\"}"));
        try (LatteStreamClient client =
                builder().enableBatching(false).requestObserver(new Recorder()).build()) {
            client.trigger("a", "e", 1).join();
            client.triggerBatch(List.of(Event.of("a", "e", 1))).join();
            client.authorizeChannel("1.1", "private-a").join();
            client.getChannelInfo("a").join();
            client.getChannels(null).join();
            client.getUsers("presence-a").join();
            client.terminateUserConnections("alice").join();
            client.createClientToken(ClientTokenRequest.of("lspk_key", "1.1")).join();
            client.ping().join();
        }

        assertThat(seen)
                .filteredOn(line -> line.startsWith("chat"))
                .extracting(line -> line.replaceAll(".*:\\d+ (\\w+) for .*", "$1"))
                .containsExactly(
                        "trigger",
                        "trigger_batch",
                        "authorize_channel",
                        "get_channel_info",
                        "get_channels",
                        "get_users",
                        "terminate_user_connections",
                        "create_client_token",
                        "ping");
    }

    @Test
    void headersOfTheObserverAreSent() {
        try (LatteStreamClient client =
                builder().requestObserver(new Recorder()).build()) {
            client.ping().join();
        }

        assertThat(service.requests().get(0).headers()).containsEntry("traceparent", "00-1-2-01");
    }

    @Test
    void aCachedResponseIsNoRequest() {
        service.answer(request -> Reply.json("{\"users\":[]}"));
        try (LatteStreamClient client =
                builder().requestObserver(new Recorder()).build()) {
            client.getUsers("presence-a").join();
            client.getUsers("presence-a").join();

            Cache<?, ?> cache = client.unwrapAll(Cache.class).get(0);
            assertThat(cache.stats().hitCount()).isOne();
            assertThat(cache.stats().missCount()).isOne();
        }

        assertThat(seen).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"currentContext", "start", "headers", "succeeded"})
    void anObserverThatFailsChangesNothing(String method) {
        try (LatteStreamClient client =
                builder().requestObserver(new FailingObserver(method)).build()) {
            assertThat(client.trigger("room", "message", 1)).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void anObserverThatFailsAtAFailureChangesNothing() {
        service.answer(request -> Reply.of(401, "no"));
        try (LatteStreamClient client =
                builder().requestObserver(new FailingObserver("failed")).build()) {
            assertThat(client.ping())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(LatteStreamAuthenticationException.class);
        }
    }

    @Test
    void librariesThatDoNotFitTogetherDoNotHoldUpEvents() {
        RequestObserver unlinked = request -> {
            throw new NoSuchMethodError("of another version");
        };
        DeliveryListener failing = new DeliveryListener() {

            @Override
            public void onDelivered(String client, long nanos) {
                throw new NoSuchMethodError("of another version");
            }
        };
        try (LatteStreamClient client =
                builder().requestObserver(unlinked).addDeliveryListener(failing).build()) {
            assertThat(client.trigger("room", "message", 1)).succeedsWithin(Duration.ofSeconds(10));
            assertThat(client.trigger("room", "message", 2)).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void listenersAreNotifiedOfBatchesAndOfEachEvent() {
        service.answerInTurn(Reply.json("{}"), Reply.of(400, "no"));
        Outcomes one = new Outcomes();
        Outcomes other = new Outcomes();
        DeliveryListener failing = new DeliveryListener() {

            @Override
            public void onDelivered(String client, long nanos) {
                throw new IllegalStateException("on purpose");
            }
        };
        try (LatteStreamClient client = builder()
                .addDeliveryListener(one)
                .addDeliveryListener(failing)
                .addDeliveryListener(other)
                .batchSize(3)
                .build()) {
            client.trigger("room", "message", 1);
            client.trigger("room", "message", 2);
            client.trigger("room", "message", 3).join();
            assertThat(client.trigger("room", "message", 4)).failsWithin(Duration.ofSeconds(10));
        }

        assertThat(one.heard)
                .containsExactly(
                        "chat: batch of 3", "delivered", "delivered", "delivered", "chat: batch of 1", "failed");
        assertThat(other.heard).isEqualTo(one.heard);
    }

    @Test
    void retriesOfQueriesCountToo() {
        service.answerInTurn(Reply.of(503, ""), Reply.json("{\"users\":[]}"));
        try (LatteStreamClient client = builder().build()) {
            client.getUsers("presence-a").join();

            assertThat(client.statistics().retried()).isOne();
        }
    }

    @Test
    void aRetryRejectedByTheCircuitBreakerIsNotCounted() {
        service.answer(request -> Reply.of(503, "busy"));
        try (LatteStreamClient client =
                builder().maxRetries(5).circuitBreakerMinimumNumberOfCalls(2).build()) {
            assertThat(client.getUsers("presence-a")).failsWithin(Duration.ofSeconds(10));

            assertThat(service.requests()).hasSize(2);
            assertThat(client.statistics().retried()).isOne();
        }
    }

    @Test
    void closingTheClientInvokesOnCloseOfTheHandler() {
        UndeliveredEventHandler handler = new UndeliveredEventHandler() {

            @Override
            public void onUndelivered(List<UndeliveredEvent> events, LatteStreamException reason) {
                seen.add("undelivered");
            }

            @Override
            public void onClose() {
                seen.add("closed");
            }
        };
        LatteStreamClient client = builder().undeliveredEventHandler(handler).build();

        client.close();

        assertThat(seen).containsExactly("closed");
    }

    @Test
    void aPingIsOneRequestOfTheMoment() {
        service.answerInTurn(Reply.json("{}"), Reply.of(503, "busy"));
        try (LatteStreamClient client = builder().build()) {
            client.ping().join();
            assertThat(client.ping()).failsWithin(Duration.ofSeconds(10));
        }

        assertThat(service.requests())
                .hasSize(2)
                .extracting(StubService.Request::method)
                .containsOnly("GET");
    }

    @Test
    void theComponentsOfTheClientAreAvailableForMetrics() {
        try (LatteStreamClient client = builder().build()) {
            assertThat(client.unwrapAll(ConnectionPoolStatistics.class)).hasSize(1);
            assertThat(client.unwrapAll(Cache.class)).hasSize(1);
            assertThat(client.unwrapAll(CircuitBreaker.class))
                    .extracting(CircuitBreaker::getName)
                    .containsExactly("chat-events", "chat-authorizations", "chat-queries");
            assertThat(client.unwrapAll(Retry.class))
                    .extracting(Retry::getName)
                    .containsExactly("chat-events", "chat-queries");
            assertThat(client.unwrapAll(String.class)).isEmpty();
        }
        try (LatteStreamClient client = builder().cacheTimeout(Duration.ZERO).build()) {
            assertThat(client.unwrapAll(Cache.class)).isEmpty();
        }
    }

    @Test
    void aNameIsATag() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().name("a b"))
                .withMessageContaining("name of 'a b' must have 1 to 60 letters");
        try (LatteStreamClient client = LatteStreamClient.create("lsk_test")) {
            assertThat(client.name()).isEqualTo("lattestream");
        }
    }

    @Test
    void aFullQueueIsLoggedOnce() {
        try (LogLines lines = new LogLines(Level.INFO)) {
            try (LatteStreamClient client = builder()
                    .maxQueuedEvents(1)
                    .maxBlock(Duration.ZERO)
                    .batchInterval(Duration.ofSeconds(10))
                    .build()) {
                client.trigger("room", "message", 1);
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(LatteStreamQueueFullException.class)
                            .isThrownBy(() -> client.trigger("room", "message", 2));
                }
            }

            assertThat(lines.messages())
                    .filteredOn(line -> line.startsWith("[queue_full]"))
                    .hasSize(2)
                    .last()
                    .isEqualTo("[queue_full] Further events within 10 s: 2");
        }
    }

    @Test
    void anOutageIsALineAndItsEndAnother() {
        service.answer(request -> Reply.of(503, "busy"));
        try (LogLines lines = new LogLines(Level.INFO);
                LatteStreamClient client = builder()
                        .maxRetries(0)
                        .circuitBreakerMinimumNumberOfCalls(2)
                        .circuitBreakerWaitDurationInOpenState(Duration.ofMillis(1))
                        .circuitBreakerPermittedNumberOfCallsInHalfOpenState(1)
                        .build()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.ping()).failsWithin(Duration.ofSeconds(10));
            }
            service.answer(request -> Reply.json("{}"));
            await().until(() ->
                    client.ping().handle((done, failure) -> failure == null).join());

            assertThat(lines.messages())
                    .filteredOn(line -> line.startsWith("[circuit_breaker"))
                    .extracting(line -> line.substring(0, line.indexOf(']') + 1))
                    .containsExactly("[circuit_breaker_opened]", "[circuit_breaker_closed]");
        }
    }

    private final class Recorder implements RequestObserver {

        @Override
        public Object currentContext() {
            return current.get();
        }

        @Override
        public Attempt start(Request request) {
            seen.add(request.client() + " " + request.endpoint() + " "
                    + request.operation().id() + " for " + request.context());
            return new Attempt() {

                @Override
                public Map<String, String> headers() {
                    return Map.of("traceparent", "00-1-2-01");
                }

                @Override
                public void succeeded(int status) {
                    seen.add("succeeded " + status);
                }

                @Override
                public void failed(LatteStreamException reason) {
                    seen.add("refused " + ((LatteStreamApiException) reason).status());
                }
            };
        }
    }

    private record FailingObserver(String method) implements RequestObserver {

        private void failIn(String name) {
            if (method.equals(name)) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Override
        public Object currentContext() {
            failIn("currentContext");
            return "context";
        }

        @Override
        public Attempt start(Request request) {
            failIn("start");
            return new Attempt() {

                @Override
                public Map<String, String> headers() {
                    failIn("headers");
                    return Map.of();
                }

                @Override
                public void succeeded(int status) {
                    failIn("succeeded");
                }

                @Override
                public void failed(LatteStreamException reason) {
                    failIn("failed");
                }
            };
        }
    }

    private static final class Outcomes implements DeliveryListener {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void onBatch(String client, int events) {
            heard.add(client + ": batch of " + events);
        }

        @Override
        public void onDelivered(String client, long nanos) {
            assertThat(nanos).isPositive();
            heard.add("delivered");
        }

        @Override
        public void onFailed(String client, long nanos) {
            assertThat(nanos).isPositive();
            heard.add("failed");
        }
    }
}
