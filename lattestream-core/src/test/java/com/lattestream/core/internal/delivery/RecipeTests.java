package com.lattestream.core.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.internal.delivery.OutageSimulation.Traffic;
import com.lattestream.core.internal.wire.EncodedEvent;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The recipes of the page on delivery, read from it and applied to simulated outages. */
class RecipeTests {

    private final OutageSimulation outage = new OutageSimulation();

    private void applyRecipe(String title) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "delivery.md"));
        int recipe = page.indexOf("**" + title + "**", page.indexOf("## Recipes"));
        assertThat(recipe).as("the recipe '%s'", title).isPositive();
        String fence = "```properties\n";
        int start = page.indexOf(fence, recipe) + fence.length();
        Properties properties = new Properties();
        properties.load(new StringReader(page.substring(start, page.indexOf("```", start))));
        assertThat(properties).isNotEmpty();
        properties.forEach((name, value) -> apply(name.toString(), value.toString()));
    }

    private void apply(String name, String value) {
        switch (name) {
            case "lattestream.retry.ambiguous" -> outage.retryAmbiguous = value.equals("retry");
            case "lattestream.retry.max-retries" -> outage.maxRetries = Integer.parseInt(value);
            case "lattestream.batching.delivery-timeout" -> outage.deliveryTimeout = duration(value);
            case "lattestream.batching.max-block" -> outage.maxBlock = duration(value);
            case "lattestream.batching.max-queued-events" -> outage.maxBatchEntry = Integer.parseInt(value);
            case "lattestream.batching.max-queued-bytes" ->
                outage.maxQueuedBytes = Integer.parseInt(value.replace("MB", "")) * 1024 * 1024;
            default -> throw new IllegalArgumentException("No test applies " + name);
        }
    }

    private static Duration duration(String value) {
        return value.equals("0") ? Duration.ZERO : Duration.parse("PT" + value);
    }

    private static EncodedEvent event(int number) {
        return new EncodedEvent(
                List.of("c0"), ("{\"channel\":\"c0\",\"name\":\"e\",\"data\":\"" + number + "\"}").getBytes(UTF_8));
    }

    @Test
    void losingAnEventIsPreferredToDeliveringItTwice() throws IOException {
        applyRecipe("Lose an event rather than deliver it twice");
        outage.fault = OutageSimulation::reset;
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        outage.traffic(delivery, Traffic.FEW_ON_ONE_CHANNEL, Duration.ofSeconds(5));

        assertThat(outage.failures).isNotEmpty().allMatch(LatteStreamConnectionException.class::isInstance);
        assertThat(outage.received).isEmpty();

        // failures after which the service cannot have the event are retried all the same
        outage.fault = OutageSimulation::refused;
        outage.failures.clear();
        outage.traffic(delivery, Traffic.FEW_ON_ONE_CHANNEL, Duration.ofSeconds(60));
        outage.down = false;
        outage.untilAllAreDelivered(List.copyOf(outage.results));

        assertThat(outage.failures).isEmpty();
        assertThat(outage.duplicates).isZero();
    }

    @Test
    void oldEventsAreNotDelivered() throws IOException {
        applyRecipe("Deliver only fresh events");
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        outage.traffic(delivery, Traffic.FEW_ON_MANY_CHANNELS, Duration.ofSeconds(30));
        outage.down = false;
        outage.untilAllAreDelivered(List.copyOf(outage.results));

        assertThat(outage.failures).hasSizeGreaterThanOrEqualTo(5 * 25).allSatisfy(RecipeTests::isLate);
        // the events of the last five seconds, which wait for the circuit breaker for up to five seconds
        assertThat(outage.received).hasSizeLessThanOrEqualTo(5 * 5 + 1);
    }

    private static void isLate(LatteStreamException failure) {
        assertThat(failure).isInstanceOf(LatteStreamTimeoutException.class).hasMessageContaining("PT5S");
    }

    @Test
    void aFullQueueDoesNotMakeTheCallerWait() throws IOException {
        applyRecipe("Do not wait in a request");
        outage.maxBatchEntry = 3;
        EventDelivery delivery = outage.delivery();
        outage.down = true;
        for (int number = 0; number < 3; number++) {
            delivery.deliver(event(number), null, true);
        }

        assertThatThrownBy(() -> delivery.deliver(event(3), null, true))
                .isInstanceOf(LatteStreamQueueFullException.class);
    }

    @Test
    void aLongerOutageLosesNothing() throws IOException {
        applyRecipe("Survive a longer outage");
        EventDelivery delivery = outage.delivery();
        outage.traffic(delivery, Traffic.MANY_ON_SOME_CHANNELS, Duration.ofSeconds(2));
        outage.down = true;
        outage.traffic(delivery, Traffic.MANY_ON_SOME_CHANNELS, Duration.ofMinutes(9));
        outage.down = false;
        int triggered = outage.results.size();
        assertThat(triggered).isGreaterThan(20_000);

        Duration waited = outage.untilAllAreDelivered(List.copyOf(outage.results));

        assertThat(outage.failures).isEmpty();
        assertThat(outage.received).hasSize(triggered);
        assertThat(outage.outOfOrder).isFalse();
        assertThat(waited).isLessThan(Duration.ofSeconds(15));
    }
}
