package com.lattestream.test;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.LatteStreamClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each assertion succeeds, and fails with a helpful message. */
class LatteStreamAssertionsTests {

    private static final Duration SHORTLY = Duration.ofMillis(50);

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private static ThrowableAssertAlternative<AssertionError> assertFails(ThrowingCallable assertion) {
        return assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion);
    }

    record Order(long id, List<Item> items) {}

    record Item(String name, double price) {}

    private void triggerOrder() {
        latteStream.trigger("orders", "placed", new Order(7, List.of(new Item("cup", 1.0), new Item("tea", 2.5))));
    }

    @Test
    void hasTriggeredMatchesChannelAndName() {
        latteStream.trigger(List.of("a", "b"), "message", 1);

        assertThat(latteStream).hasTriggered("a", "message").hasTriggered("b", "message");
        assertFails(() -> assertThat(latteStream).hasTriggered("c", "message"))
                .withMessageContaining("event 'message' on channel 'c'")
                .withMessageContaining("'message' on a, b: 1");
        assertFails(() -> assertThat(latteStream).as("the order").hasTriggered("a", "other"))
                .withMessageContaining("[the order]");
    }

    @Test
    void messageStatesThatNoEventsWereTriggered() {
        assertFails(() -> assertThat(latteStream).hasTriggered("a", "message"))
                .withMessageContaining("No events were triggered.");
    }

    @Test
    void hasTriggeredComparesData() {
        triggerOrder();

        assertThat(latteStream)
                .hasTriggered("orders", "placed", new Order(7, List.of(new Item("cup", 1), new Item("tea", 2.5))))
                .hasTriggeredJson("orders", "placed", """
                        {"items": [{"price": 1, "name": "cup"}, {"name": "tea", "price": 2.50}], "id": 7}""");
        assertFails(() -> assertThat(latteStream).hasTriggered("orders", "placed", Map.of("id", 7)))
                .withMessageContaining("{\"id\":7}")
                .withMessageContaining("/items is not expected")
                .withMessageContaining("Triggered events:");
        assertFails(() -> assertThat(latteStream)
                        .hasTriggered(
                                "orders", "placed", new Order(7, List.of(new Item("cup", 1), new Item("tea", 3)))))
                .withMessageContaining("/items/1/price is 2.5 instead of 3.0");
        assertFails(() -> assertThat(latteStream).hasTriggered("orders", "placed", new Order(7, List.of())))
                .withMessageContaining("/items has 2 elements instead of 0");
    }

    @Test
    void hasTriggeredComparesScalars() {
        latteStream.trigger("chat", "text", "Hello");
        latteStream.trigger("chat", "number", 5L);
        latteStream.trigger("chat", "nothing", null);

        assertThat(latteStream)
                .hasTriggered("chat", "text", "Hello")
                .hasTriggered("chat", "number", 5)
                .hasTriggered("chat", "nothing", null);
        assertFails(() -> assertThat(latteStream).hasTriggered("chat", "text", "Bye"))
                .withMessageContaining("the data is \"Hello\" instead of \"Bye\"");
    }

    @Test
    void hasTriggeredContainingComparesPartOfTheData() {
        triggerOrder();

        assertThat(latteStream)
                .hasTriggeredContaining("orders", "placed", Map.of("id", 7))
                .hasTriggeredContaining(
                        "orders", "placed", Map.of("items", List.of(Map.of("name", "cup"), Map.of("price", 2.5))));
        assertFails(() -> assertThat(latteStream).hasTriggeredContaining("orders", "placed", Map.of("total", 3.5)))
                .withMessageContaining("/total is missing");
    }

    @Test
    void hasTriggeredSatisfyingAndMatchingReadTheData() {
        triggerOrder();

        assertThat(latteStream)
                .hasTriggeredSatisfying(
                        "orders",
                        "placed",
                        Order.class,
                        order -> assertThat(order.items()).hasSize(2))
                .hasTriggeredMatching(
                        "orders",
                        "placed",
                        JsonNode.class,
                        data -> data.path("id").intValue() == 7);
        assertFails(() -> assertThat(latteStream)
                        .hasTriggeredSatisfying(
                                "orders",
                                "placed",
                                Order.class,
                                order -> assertThat(order.id()).isEqualTo(8)))
                .withMessageContaining("expected: 8");
        assertFails(() -> assertThat(latteStream)
                        .hasTriggeredMatching("orders", "placed", Order.class, order -> order.id() == 8))
                .withMessageContaining("does not match");
        assertFails(() -> assertThat(latteStream)
                        .hasTriggeredMatching("orders", "placed", Integer.class, number -> number == 8))
                .withMessageContaining("cannot be read as the type");
    }

    @Test
    void hasTriggeredCountAndInOrderCompareNumberAndOrder() {
        List.of("one", "two", "one", "three").forEach(name -> latteStream.trigger("chat", name, 1));

        assertThat(latteStream)
                .hasTriggeredCount("chat", "one", 2)
                .hasTriggeredCount("chat", "four", 0)
                .hasTriggeredInOrder("chat", "one", "two", "three")
                .hasTriggeredInOrder("chat", "two", "one");
        assertFails(() -> assertThat(latteStream).hasTriggeredCount("chat", "one", 1))
                .withMessageContaining("1 time(s), but it was 2 time(s)");
        assertFails(() -> assertThat(latteStream).hasTriggeredInOrder("chat", "three", "two"))
                .withMessageContaining("'two' is missing after 'three'");
        assertFails(() -> assertThat(latteStream).hasTriggeredInOrder("other", "one"))
                .withMessageContaining("'one' is missing after the start");
    }

    @Test
    void hasNotTriggeredFailsForTriggeredEvents() {
        assertThat(latteStream).hasTriggeredNothing();
        latteStream.trigger("chat", "message", 1);

        assertThat(latteStream).hasNotTriggered("chat", "other").hasNotTriggered("orders");
        assertFails(() -> assertThat(latteStream).hasNotTriggered("chat", "message"))
                .withMessageContaining("event 'message' on channel 'chat' not to have been triggered");
        assertFails(() -> assertThat(latteStream).hasNotTriggered("chat")).withMessageContaining("channel 'chat'");
        assertFails(() -> assertThat(latteStream).hasTriggeredNothing()).withMessageContaining("'message' on chat: 1");
    }

    @Test
    void withinWaitsForLaterEvents() {
        Executor later = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> triggered =
                CompletableFuture.runAsync(() -> latteStream.trigger("chat", "message", 1), later);

        assertThat(latteStream).eventually().hasTriggered("chat", "message");
        assertThat(triggered).succeedsWithin(Duration.ofSeconds(5));
        assertFails(() -> assertThat(latteStream).within(SHORTLY).hasTriggered("chat", "other"))
                .withMessageContaining("Waited for PT0.05S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(latteStream).within(Duration.ofMillis(-1)));
    }

    @Test
    void withinWatchesForUnexpectedEventsForTheWholeTime() {
        long start = System.nanoTime();
        assertThat(latteStream).within(SHORTLY).hasNotTriggered("chat", "message");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORTLY);

        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                .execute(() -> latteStream.trigger("chat", "message", 1));
        assertFails(() -> assertThat(latteStream).eventually().hasNotTriggered("chat", "message"));
    }

    @Test
    void longListsAndLongDataAreTruncated() {
        for (int i = 0; i < 50; i++) {
            latteStream.trigger("chat", "message-" + i, "x".repeat(1000));
        }

        assertFails(() -> assertThat(latteStream).hasTriggered("chat", "other"))
                .withMessageContaining("... 30 earlier")
                .withMessageContaining("'message-49'")
                .withMessageContaining("... (1002 characters)")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(10_000));
    }

    @Test
    void interruptedWaitFails() {
        RecordingLatteStreamTemplate template = new RecordingLatteStreamTemplate();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() ->
                        assertThat(template).within(Duration.ofSeconds(10)).hasNotTriggered("chat"))
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void failureForAnEngineExplainsHowToWait() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .build()) {
            client.trigger("chat", "message", Map.of("text", "100% Hello"));

            assertFails(() -> assertThat(engine).hasTriggered("chat", "never")).withMessageContaining("eventually()");
            assertThat(engine).eventually().hasTriggered("chat", "message", Map.of("text", "100% Hello"));
        }
    }
}
