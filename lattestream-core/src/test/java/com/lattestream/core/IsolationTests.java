package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.core.support.StubService.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of one kind that hang or fail do not affect those of the other kinds. */
class IsolationTests {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final CountDownLatch release = new CountDownLatch(1);

    private final StubService service = new StubService().answer(IsolationTests::answer);

    private LatteStreamClient client = builder().build();

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .batchInterval(Duration.ofMillis(5))
                .cacheTimeout(Duration.ZERO)
                .closeTimeout(Duration.ofMillis(100));
    }

    private void use(LatteStreamClientBuilder builder) {
        client.close();
        client = builder.build();
    }

    @AfterEach
    void stop() {
        release.countDown();
        client.close();
        service.close();
    }

    @Test
    void anEventDoesNotWaitForAuthorizationsThatHang() {
        hang(IsolationTests::isAuthorization);
        authorize(25);

        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
    }

    @Test
    void anAuthorizationDoesNotWaitForQueriesThatHang() {
        hang(IsolationTests::isQuery);
        query(25);

        assertThat(client.authorizeChannel("1.2", "private-chat")).succeedsWithin(SOON);
        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
    }

    @Test
    void authorizationsAndQueriesDoNotWaitForEventsThatHang() {
        use(builder().enableBatching(false));
        hang(IsolationTests::isEvent);
        IntStream.range(0, 30).forEach(i -> client.trigger("chat-" + i, "message", i));

        assertThat(client.authorizeChannel("1.2", "private-chat")).succeedsWithin(SOON);
        assertThat(client.getChannelInfo("chat")).succeedsWithin(SOON);
    }

    @Test
    void eventsDoNotWaitIfAuthorizationsAndQueriesHangTogether() {
        hang(request -> !isEvent(request));
        authorize(50);
        query(50);

        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
    }

    @Test
    void withTwoConnectionsOneIsReservedForEvents() {
        use(builder().maxConnections(2));
        hang(request -> !isEvent(request));
        query(5);
        authorize(5);

        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
    }

    @Test
    void aSingleConnectionIsUsedByAllRequests() {
        use(builder().maxConnections(1));

        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
        assertThat(client.authorizeChannel("1.2", "private-chat")).succeedsWithin(SOON);
        assertThat(client.getChannelInfo("chat")).succeedsWithin(SOON);
        assertThat(service.requests())
                .extracting(Request::connection)
                .containsOnly(service.requests().get(0).connection());
    }

    @Test
    void waitingRequestsAreSentWhenConnectionsAreFree() {
        hang(request -> true);
        List<CompletableFuture<?>> calls =
                Stream.concat(authorize(60), query(60)).toList();
        await().untilAsserted(() -> assertThat(service.requests()).hasSizeGreaterThan(15));
        assertThat(client.statistics()
                        .requests()
                        .get(RequestKind.AUTHORIZATIONS)
                        .waiting())
                .isPositive();
        assertThat(pool().pending()).isPositive();

        release.countDown();

        assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)))
                .succeedsWithin(SOON.multipliedBy(3));
        assertThat(client.statistics().requests()).allSatisfy((kind, requests) -> {
            await().untilAsserted(() -> assertThat(
                            client.statistics().requests().get(kind).running())
                    .isZero());
            assertThat(requests.waiting()).isZero();
        });
    }

    @Test
    void allKindsTogetherUseNoMoreThanTheMaximumNumberOfConnections() {
        use(builder().enableBatching(false).maxConnections(7));
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        service.answer(request -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            try {
                Thread.sleep(2);
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            open.decrementAndGet();
            return answer(request);
        });

        Stream<CompletableFuture<?>> events =
                IntStream.range(0, 100).mapToObj(i -> client.trigger("chat-" + i, "message", i));
        CompletableFuture<?>[] calls = Stream.of(events, authorize(100), query(100))
                .flatMap(kind -> kind)
                .toArray(CompletableFuture[]::new);

        assertThat(CompletableFuture.allOf(calls)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(most).hasValueLessThanOrEqualTo(7);
        assertThat(service.requests().stream().map(Request::connection).distinct())
                .hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void aRequestThatTimesOutWhileItWaitsGivesNoConnectionAway() {
        use(builder()
                .maxConnections(3)
                .maxRetries(0)
                .enableCircuitBreaker(false)
                .timeout(Duration.ofMillis(300)));
        hang(IsolationTests::isQuery);

        query(10).forEach(call -> assertThat(call).failsWithin(SOON));
        release.countDown();

        assertThat(client.getChannelInfo("chat")).succeedsWithin(SOON);
        assertThat(client.statistics().requests().get(RequestKind.QUERIES).waiting())
                .isZero();
    }

    @Test
    void queriesThatFailDoNotStopAuthorizationsAndEvents() {
        use(builder().maxRetries(0).circuitBreakerMinimumNumberOfCalls(5));
        service.answer(request -> request.path().endsWith("/users") ? Reply.of(503, "") : answer(request));

        IntStream.range(0, 10)
                .forEach(i -> assertThat(client.getUsers("presence-" + i)).failsWithin(SOON));

        LatteStreamStatistics statistics = client.statistics();
        assertThat(statistics.requests().get(RequestKind.QUERIES).circuitBreaker())
                .isEqualTo(CircuitBreakerState.OPEN);
        assertThat(statistics.requests().get(RequestKind.QUERIES).lastFailure()).isNotNull();
        assertThat(statistics.circuitBreaker()).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(client.authorizeChannel("1.2", "private-chat")).succeedsWithin(SOON);
        assertThat(client.trigger("chat", "message", 1)).succeedsWithin(SOON);
        assertThat(client.statistics().requests().get(RequestKind.EVENTS).circuitBreaker())
                .isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(client.statistics().requests().get(RequestKind.EVENTS).lastSuccess())
                .isNotNull();
        assertThat(client.getChannelInfo("chat"))
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LatteStreamUnavailableException.class)
                .withMessageContaining("'lattestream-queries'");
    }

    private ConnectionPoolStatistics pool() {
        return client.unwrapAll(ConnectionPoolStatistics.class).get(0);
    }

    private Stream<CompletableFuture<?>> authorize(int count) {
        return IntStream.range(0, count)
                .<CompletableFuture<?>>mapToObj(i -> client.authorizeChannel("1." + i, "private-chat"))
                .toList()
                .stream();
    }

    private Stream<CompletableFuture<?>> query(int count) {
        return IntStream.range(0, count)
                .<CompletableFuture<?>>mapToObj(i -> client.getChannelInfo("channel-" + i))
                .toList()
                .stream();
    }

    private void hang(Predicate<Request> requests) {
        service.answer(request -> {
            if (requests.test(request)) {
                try {
                    release.await();
                } catch (InterruptedException ex) {
                    throw new IllegalStateException(ex);
                }
            }
            return answer(request);
        });
    }

    private static Reply answer(Request request) {
        return Reply.json(isAuthorization(request) ? "{\"auth\":\"key:signature\"}" : "{}");
    }

    private static boolean isAuthorization(Request request) {
        return request.path().equals("/auth");
    }

    private static boolean isQuery(Request request) {
        return request.method().equals("GET");
    }

    private static boolean isEvent(Request request) {
        return !isAuthorization(request) && !isQuery(request);
    }
}
