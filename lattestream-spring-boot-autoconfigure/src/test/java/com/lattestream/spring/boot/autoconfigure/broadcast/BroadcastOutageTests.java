package com.lattestream.spring.boot.autoconfigure.broadcast;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

/** Broadcasts during an outage of the service, on a real socket. */
@ExtendWith(OutputCaptureExtension.class)
class BroadcastOutageTests {

    private final EmbeddedLatteStreamServer engine =
            EmbeddedLatteStreamServer.builder().start();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withPropertyValues(
                    "lattestream.secret=" + engine.secret(),
                    "lattestream.endpoint=" + engine.endpoint(),
                    "lattestream.use-tls=false",
                    "lattestream.retry.delay=10ms",
                    "lattestream.batching.interval=10ms");

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void anOutageIsLoggedAndPassedOver(CapturedOutput output) {
        engine.faults().failAll().withReset();
        runner.withPropertyValues("lattestream.retry.max-retries=1", "lattestream.circuit-breaker.enabled=false")
                .run(context -> {
                    new TransactionTemplate(new Transactions())
                            .executeWithoutResult(status -> context.publishEvent(new Received(1)));
                    await().untilAsserted(() -> assertThat(output).contains("[events_undelivered]", "received-1"));
                    assertThat(output).doesNotContain("[broadcast_failed]");

                    engine.faults().clear();
                    context.publishEvent(new Received(2));
                    assertThat(engine).eventually().hasTriggered("received-2", "Received");
                });

        assertThat(engine).hasNotTriggered("received-1");
    }

    @Test
    void aBroadcastWithARefusedSecretIsReportedInOneLine(CapturedOutput output) {
        runner.withPropertyValues("lattestream.secret=lsk_another_secret").run(context -> {
            context.publishEvent(new Received(1));
            await().untilAsserted(() -> assertThat(output).contains("[secret_refused]"));
        });

        assertThat(output.toString().lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                .singleElement()
                .asString()
                .contains("[secret_refused]", engine.endpoint(), "1 queued event(s)", "lattestream.secret");
    }

    @Test
    void aFullQueueDoesNotDelayThePublisher(CapturedOutput output) {
        engine.faults().delayAll().by(Duration.ofSeconds(20));
        runner.withPropertyValues(
                        "lattestream.batching.max-queued-events=1",
                        "lattestream.batching.max-block=50s",
                        "lattestream.timeout=1s",
                        "lattestream.retry.max-retries=0")
                .run(context -> {
                    context.getBean(LatteStreamTemplate.class).trigger("first", "e", 1);

                    long start = System.nanoTime();
                    context.publishEvent(new Received(1));
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

                    assertThat(output).contains("[broadcast_failed]", "[received-1]", "no room");
                });
    }

    @Broadcast(channel = "received-{id}")
    record Received(int id) {}
}
