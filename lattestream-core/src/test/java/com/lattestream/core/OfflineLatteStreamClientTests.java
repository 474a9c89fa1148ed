package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.crypto.WebhookSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A client for environments that are to send nothing. */
class OfflineLatteStreamClientTests {

    private static final String SECRET = "lsk_secret_of_an_offline_client";

    private static final byte[] BODY = {1, 2, 3};

    private final List<Event> taken = new ArrayList<>();

    private LatteStreamException failure;

    private final LatteStreamClient client = new OfflineLatteStreamClient(null, JsonMapper.shared()) {

        @Override
        protected void accept(List<Event> events) {
            if (failure != null) {
                throw failure;
            }
            taken.addAll(events);
        }
    };

    @Test
    void withoutAnEndpointThereAreNoComponents() {
        try (LatteStreamClient client =
                new OfflineLatteStreamClient(null, JsonMapper.builder().build())) {
            assertThat(client.ping()).isCompleted();
            assertThat(client.name()).isEqualTo("lattestream");
            assertThat(client.unwrapAll(Object.class)).isEmpty();
        }
    }

    @Test
    void eventsAreAcceptedImmediatelyWithTheDataAsItWouldBeSent() {
        CompletableFuture<TriggerResult> result = client.trigger(List.of("a", "b"), "message", Map.of("text", "Hello"));
        CompletableFuture<List<TriggerResult>> results = client.triggerBatch(
                List.of(Event.of("c", "first", "text").excludingSocket("1.2"), Event.of("d", "second", null)));

        assertThat(result).isCompletedWithValueMatching(it -> it.channels().equals(List.of("a", "b")));
        assertThat(results).isCompletedWithValueMatching(it -> it.size() == 2);
        assertThat(taken).extracting(Event::data).containsExactly("{\"text\":\"Hello\"}", "\"text\"", "null");
        assertThat(taken.get(1).excludedSocketId()).contains("1.2");
        assertThat(client.flushBatch()).isCompleted();
    }

    @Test
    void noEventWaitsSoNoneExpiresOrIsSuperseded() {
        Event event = Event.of("prices", "price", 1).conflatedBy("ABC").expiringAfter(Duration.ofNanos(1));

        assertThat(client.trigger(event)).isCompletedWithValueMatching(result -> !result.superseded());
        assertThat(client.trigger(event)).isCompletedWithValueMatching(result -> !result.superseded());
        assertThat(taken).hasSize(2).allSatisfy(it -> {
            assertThat(it.conflationKey()).contains("ABC");
            assertThat(it.expiry()).contains(Duration.ofNanos(1));
        });
        assertThat(client.statistics().delivered()).isEqualTo(2);
        assertThat(client.statistics().superseded()).isZero();
    }

    @Test
    void writesDataWithItsMapper() {
        try (LatteStreamClient snakes =
                new OfflineLatteStreamClient(
                        null,
                        JsonMapper.builder()
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                                .build()) {

                    @Override
                    protected void accept(List<Event> events) {
                        taken.addAll(events);
                    }
                }) {
            snakes.trigger("orders", "shipped", new Shipped(7));
        }
        assertThat(taken).singleElement().extracting(Event::data).isEqualTo("{\"order_number\":7}");
    }

    record Shipped(long orderNumber) {}

    @Test
    void countsAsTheRealOneDoes() {
        client.trigger("chat", "message", 1);
        client.trigger(IntStream.range(0, 250).mapToObj(i -> "c" + i).toList(), "message", 1);
        failure = new LatteStreamTimeoutException("too slow", true, null);
        assertThat(client.trigger("chat", "message", 1)).isCompletedExceptionally();

        LatteStreamStatistics statistics = client.statistics();
        assertThat(statistics.delivered()).isEqualTo(1 + 3);
        assertThat(statistics.failed()).isEqualTo(1);
        assertThat(statistics.queued() + statistics.inFlight()).isZero();
        assertThat(statistics.circuitBreaker()).isEqualTo(CircuitBreakerState.DISABLED);
        assertThat(statistics.lastSuccess()).isNull();
        assertThat(client.endpoint()).isEqualTo("none");
    }

    @Test
    void throwsAFullQueueAtTheCallerAsTheRealOneDoes() {
        failure = new LatteStreamQueueFullException("full");

        assertThatThrownBy(() -> client.trigger("chat", "message", 1)).isSameAs(failure);
    }

    static Stream<Consumer<LatteStreamClient>> badCalls() {
        Object unwritable = new LatteStreamClientTests.Unwritable();
        PresenceMember member = PresenceMember.of("1", Map.of("x", unwritable));
        return Stream.of(
                client -> client.trigger(null),
                client -> client.trigger("a b", "message", 1),
                client -> client.trigger("a", "lattestream:x", 1),
                client -> client.trigger(List.of(), "message", 1),
                client -> client.trigger((Collection<String>) null, "message", 1),
                client -> client.trigger("a", "message", unwritable),
                client -> client.triggerBatch(null),
                client -> client.triggerBatch(List.of()),
                client -> client.triggerBatch(Arrays.asList(Event.of("a", "b", 1), null)),
                client -> client.triggerBatch(List.of(Event.of("a", "b", unwritable))),
                client -> client.authorizeChannel("", "private-a"),
                client -> client.authorizeChannel("1.2", "a"),
                client -> client.authorizeChannel("1.2", "private-a", PresenceMember.of("1")),
                client -> client.authorizeChannel("1.2", "presence-a", null),
                client -> client.authorizeChannel("1.2", "presence-a", member),
                client -> client.getChannelInfo("a b"),
                client -> client.getChannels("half \ud800"),
                client -> client.getUsers("private-a"),
                client -> client.terminateUserConnections(""),
                client -> client.terminateUserConnections("half \ud800"),
                client -> client.createClientToken(null));
    }

    @ParameterizedTest
    @MethodSource("badCalls")
    void invalidArgumentsAreRejectedWithTheMessageOfTheRealClient(Consumer<LatteStreamClient> call) {
        try (LatteStreamClient real = LatteStreamClient.create(SECRET)) {
            Throwable refusal = catchThrowable(() -> call.accept(real));

            assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> call.accept(client))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(refusal.getMessage());
            assertThat(taken).isEmpty();
        }
    }

    @Test
    void aClosedClientRejectsCalls() {
        client.close();
        client.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> client.trigger("chat", "message", 1))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> client.getChannels(null));
        assertThatIllegalStateException().isThrownBy(client::flushBatch);
        assertThat(client.statistics().delivered()).isZero();
    }

    @Test
    void queriesReportNoSubscribers() {
        LatteStreamTemplate template = new LatteStreamTemplate(client);

        assertThat(template.getChannelInfo("presence-a")).isEqualTo(new ChannelInfo(false, null, null));
        assertThat(template.getChannelInfo("presence-a", ChannelAttribute.USER_COUNT))
                .isEqualTo(new ChannelInfo(false, 0, null));
        assertThat(template.getChannels("presence-")).isEmpty();
        assertThat(template.getUsers("presence-a")).isEmpty();
        template.terminateUserConnections("user-1");
    }

    @Test
    void withoutASecretAuthorizationFails() {
        LatteStreamTemplate template = new LatteStreamTemplate(client);

        assertThatThrownBy(() -> template.authorizeChannel("1.2", "private-a"))
                .isInstanceOf(LatteStreamUnavailableException.class)
                .hasMessageContaining("private-a")
                .hasMessageContaining("no secret")
                .isInstanceOfSatisfying(
                        LatteStreamException.class,
                        failure -> assertThat(failure.isRetryable()).isFalse());
        assertThatThrownBy(() -> template.createClientToken(ClientTokenRequest.of("lspk_x", "1.2")))
                .isInstanceOf(LatteStreamUnavailableException.class);
        assertThat(template.verifyWebhookSignature(BODY, new WebhookSigner(SECRET).sign(BODY)))
                .isFalse();
        assertThatIllegalStateException().isThrownBy(() -> template.generateWebhookSignature(BODY));
    }

    @Test
    void signsWithASecret() {
        try (LatteStreamClient signing = new OfflineLatteStreamClient(SECRET, JsonMapper.shared())) {
            LatteStreamTemplate template = new LatteStreamTemplate(signing);
            ChannelAuthorization joining =
                    template.authorizeChannel("1.2", "presence-a", PresenceMember.of("1", Map.of("name", "A")));

            assertThat(new ChannelSigner(SECRET).verify(joining.auth(), "presence-a", joining.channelData()))
                    .isTrue();
            assertThat(template.authorizeChannel("1.2", "private-a"))
                    .isEqualTo(new ChannelSigner(SECRET).authorizeChannel("1.2", "private-a"));
            assertThat(template.verifyWebhookSignature(BODY, template.generateWebhookSignature(BODY)))
                    .isTrue();
        }
    }

    @Test
    void aSecretThatIsNoneIsRefusedAndNotShown() {
        assertThatThrownBy(() -> new OfflineLatteStreamClient("lspk_0123456789", JsonMapper.shared()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("0123456789");
    }

    @Test
    void logsEventsAndTheirDataOnlyForDebugging() {
        Logger logger = (Logger) LoggerFactory.getLogger(LoggingLatteStreamClient.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Level before = logger.getLevel();
        logger.addAppender(lines);
        try (LatteStreamClient logging = OfflineLatteStreamClient.logging(null, JsonMapper.shared())) {
            logger.setLevel(Level.INFO);
            logging.trigger(List.of("a", "b"), "line\nbreak", Map.of("text", "Hello"));
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("Not sent: event 'line\\u000abreak' on a, b, 16 characters of data");

            lines.list.clear();
            logger.setLevel(Level.DEBUG);
            logging.trigger("a", "key", Map.of("text", "lsk_0123456789" + "x".repeat(5000)));
            assertThat(lines.list).hasSize(2);
            assertThat(lines.list.get(1).getFormattedMessage())
                    .startsWith("Data of event 'key': {\"text\":\"lsk_******")
                    .doesNotContain("0123456789")
                    .hasSizeLessThan(1200);
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
    }
}
