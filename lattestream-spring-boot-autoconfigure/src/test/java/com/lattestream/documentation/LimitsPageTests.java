package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.ChannelName;
import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.SocketId;
import com.lattestream.core.TriggerResult;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.internal.channel.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The numbers of the page of limits against properties and constants. */
class LimitsPageTests {

    private static final Pattern PROPERTY = Pattern.compile("`(lattestream\\.[a-z.-]+[a-z])`");

    /** Rows whose limit is a constant. */
    private static final Map<String, Object> CONSTANTS = Map.ofEntries(
            Map.entry("channel name", ChannelName.MAX_LENGTH),
            Map.entry("event name", constant("core.internal.validation.EventName", "MAX_LENGTH")),
            Map.entry("conflation key", constant("core.Freshness", "MAX_KEY_LENGTH")),
            Map.entry("expiry of one event", ((Duration) constant("core.Freshness", "MAX_EXPIRY")).toDays()),
            Map.entry("channels of one event", constant("core.internal.wire.EventEncoder", "MAX_CHANNELS")),
            Map.entry(
                    "events in one `triggerBatch` request",
                    constant("core.internal.delivery.EventDelivery", "MAX_EXPLICIT_BATCH")),
            Map.entry(
                    "body of a response",
                    megabytes(constant("core.internal.http.BoundedResponseConsumer", "MAX_LENGTH"))),
            Map.entry(
                    "header lines of a response, and their length",
                    constant("core.internal.http.HttpClientFactory", "MAX_HEADER_LINES") + ", "
                            + kilobytes(constant("core.internal.http.HttpClientFactory", "MAX_HEADER_LINE_LENGTH"))),
            Map.entry(
                    "body of `POST /auth`",
                    kilobytes(constant("spring.internal.auth.SubscriptionRequestReader", "MAX_LENGTH"))),
            Map.entry("socket id that a browser sends", SocketId.MAX_DIGITS),
            Map.entry("events in one webhook", constant("core.webhook.WebhookParser", "MAX_EVENTS")),
            Map.entry("nesting of the JSON", constant("core.webhook.WebhookParser", "MAX_DEPTH")),
            Map.entry(
                    "webhooks that are remembered in memory",
                    constant("spring.internal.webhook.CaffeineWebhookReplayGuard", "MAX_WEBHOOKS")),
            Map.entry("data of one event", kilobytes(Limits.DEFAULT.maxPayloadBytes())),
            Map.entry("events in one batch", Limits.DEFAULT.maxBatchSize()),
            Map.entry("WebSockets", Limits.DEFAULT.maxConnections()),
            Map.entry("occupied channels", Limits.DEFAULT.maxChannels()),
            Map.entry("channels of one WebSocket", Limits.DEFAULT.maxSubscriptionsPerConnection()),
            Map.entry("events and requests that are remembered", Limits.DEFAULT.maxHistory()));

    /** Rows whose limit is the service's alone, or is several properties. */
    private static final Set<String> WITHOUT_A_NUMBER_OF_OURS = Set.of(
            "data of one event, as JSON in UTF-8",
            "requests per time",
            "time to authorize after connecting",
            "requests that circuit breakers look at");

    @TestFactory
    Stream<DynamicTest> everyRowHasTheNumberOfTheCode() throws IOException {
        Map<String, String> defaults = defaults();
        List<DynamicTest> tests = new ArrayList<>();
        Set<String> constants = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/limits.md"))) {
            String[] cells = line.split(" \\| ", -1);
            if (line.startsWith("| ") && !line.startsWith("| subject ")) {
                String what = cells[0].substring(2);
                tests.add(DynamicTest.dynamicTest(what, () -> check(what, cells[1], cells[2], defaults)));
                constants.add(what);
            }
        }
        assertThat(constants).containsAll(CONSTANTS.keySet()).containsAll(WITHOUT_A_NUMBER_OF_OURS);
        return tests.stream();
    }

    @Test
    void everyRowHasTheCellsOfItsTable() throws IOException {
        int cellsOfTable = 0;
        int rows = 0;
        for (String line : Files.readAllLines(Path.of("../docs/limits.md"))) {
            if (line.startsWith("|")) {
                // a vertical bar in a cell is escaped
                int cells = line.split("(?<!\\\\)\\|", -1).length;
                if (line.startsWith("| subject ")) {
                    cellsOfTable = cells;
                }
                assertThat(cells).as(line).isEqualTo(cellsOfTable);
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(CONSTANTS.size());
    }

    private static void check(String what, String limit, String origin, Map<String, String> defaults) {
        String number = normalized(limit);
        if (CONSTANTS.containsKey(what)) {
            assertThat(number).matches(".*\\b" + normalized(String.valueOf(CONSTANTS.get(what))) + "\\b.*");
            return;
        }
        if (WITHOUT_A_NUMBER_OF_OURS.contains(what)) {
            return;
        }
        List<String> properties = PROPERTY.matcher(origin)
                .results()
                .map(property -> property.group(1))
                .toList();
        assertThat(properties).isNotEmpty();
        properties.forEach(property -> {
            assertThat(defaults).containsKey(property);
            assertThat(number).matches(".*\\b" + normalized(defaults.get(property)) + "\\b.*");
        });
    }

    @Test
    void theCircuitBreakerIsDescribedByItsDefaults() throws IOException {
        Map<String, String> defaults = defaults();
        String row = Files.readAllLines(Path.of("../docs/limits.md")).stream()
                .filter(line -> line.startsWith("| requests that circuit breakers look at"))
                .findFirst()
                .orElseThrow();

        assertThat(row)
                .contains("the last " + defaults.get("lattestream.circuit-breaker.sliding-window-size") + ", from "
                        + defaults.get("lattestream.circuit-breaker.minimum-number-of-calls") + " on")
                .contains(defaults.get("lattestream.circuit-breaker.failure-rate-threshold") + " % failures")
                .contains("for 5 s");
        assertThat(defaults).containsEntry("lattestream.circuit-breaker.wait-duration-in-open-state", "5s");
    }

    @Test
    void anEventThatIsTooLargeFailsAloneWith413() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .build()) {
            // the quotation marks of the JSON count
            CompletableFuture<TriggerResult> largest = client.trigger("chat", "largest", "x".repeat(32 * 1024 - 2));
            CompletableFuture<TriggerResult> tooLarge = client.trigger("chat", "too-large", "x".repeat(32 * 1024 - 1));
            CompletableFuture<TriggerResult> next = client.trigger("chat", "next", 1);

            largest.join();
            next.join();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(tooLarge::join)
                    .withCauseInstanceOf(LatteStreamApiException.class)
                    .satisfies(failure -> assertThat(((LatteStreamApiException) failure.getCause()).status())
                            .isEqualTo(413));
        }
    }

    @Test
    void namesAreCheckedBeforeARequestIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.of("c".repeat(ChannelName.MAX_LENGTH + 1), "message", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Event.of("chat", "e".repeat(201), 1));
    }

    /** 10,000 as 10000, 100 ms as 100ms, 2 min as 2m. */
    private static String normalized(String number) {
        return Pattern.compile("(\\d) ?(ms|s|min|m|MB|KB)\\b")
                .matcher(number.replace(",", ""))
                .replaceAll(LimitsPageTests::unit);
    }

    private static String unit(MatchResult match) {
        return match.group(1) + (match.group(2).equals("min") ? "m" : match.group(2));
    }

    private static String kilobytes(Object bytes) {
        return ((Number) bytes).longValue() / 1024 + " KB";
    }

    private static String megabytes(Object bytes) {
        return ((Number) bytes).longValue() / 1024 / 1024 + " MB";
    }

    private static Object constant(String type, String name) {
        try {
            Field field = Class.forName("com.lattestream." + type).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("The constant " + name + " of " + type + " has another name now", ex);
        }
    }

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        try (InputStream metadata =
                LimitsPageTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
                defaults.put(
                        property.path("name").asString(),
                        property.path("defaultValue").asString(""));
            }
        }
        return defaults;
    }
}
