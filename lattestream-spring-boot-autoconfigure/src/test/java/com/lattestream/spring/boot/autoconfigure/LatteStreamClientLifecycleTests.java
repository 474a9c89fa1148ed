package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TriggerResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

class LatteStreamClientLifecycleTests {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final StubService service = StubService.start();

    // only a flush delivers within the time of a test
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class))
            .withPropertyValues(
                    "lattestream.secret=lsk_test_of_the_lifecycle",
                    "lattestream.endpoint=" + service.endpoint(),
                    "lattestream.use-tls=false",
                    "lattestream.batching.interval=1h");

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void queuedEventsAreDeliveredWhenTheApplicationStops() {
        runner.run(context -> {
            CompletableFuture<TriggerResult> result = trigger(context);
            context.stop();
            assertThat(result).succeedsWithin(ANSWER);
            assertThat(service.requests()).hasSize(1);
        });
    }

    @Test
    void theClientWorksAgainWhenTheApplicationIsStartedAgain() {
        runner.run(context -> {
            context.stop();
            context.start();
            CompletableFuture<TriggerResult> result = trigger(context);
            context.stop();
            assertThat(result).succeedsWithin(ANSWER);
        });
    }

    @Test
    void theClientDeliversWhenTheContextIsPausedAndWorksWhenItIsResumed() {
        runner.run(context -> {
            CompletableFuture<TriggerResult> before = trigger(context);
            context.pause();
            assertThat(before).succeedsWithin(ANSWER);
            context.restart();
            assertThat(context.getBean(LatteStreamClientLifecycle.class).isRunning())
                    .isTrue();
            CompletableFuture<TriggerResult> after = trigger(context);
            context.stop();
            assertThat(after).succeedsWithin(ANSWER);
        });
    }

    @Test
    void theUsersClientIsFlushedToo() {
        LatteStreamClient mine = mock(LatteStreamClient.class);
        AtomicBoolean flushed = new AtomicBoolean();
        given(mine.drain()).willCallRealMethod();
        given(mine.flushBatch()).willAnswer(call -> {
            flushed.set(true);
            return CompletableFuture.completedFuture(null);
        });
        runner.withBean(LatteStreamClient.class, () -> mine).run(context -> {
            context.stop();
            assertThat(flushed).isTrue();
        });
    }

    @Test
    void aClientThatIsClosedAlreadyDoesNotHinderTheStop() {
        runner.run(context -> {
            context.getBean(LatteStreamClient.class).close();
            context.stop();
            assertThat(context.getBean(LatteStreamClientLifecycle.class).isRunning())
                    .isFalse();
        });
    }

    @Test
    void aFlushThatFailsDoesNotHinderTheStop() {
        LatteStreamClient failing = mock(LatteStreamClient.class);
        given(failing.drain()).willCallRealMethod();
        given(failing.flushBatch()).willReturn(CompletableFuture.failedFuture(new IllegalStateException("failed")));
        AtomicBoolean stopped = new AtomicBoolean();
        new LatteStreamClientLifecycle(() -> List.of(failing)).stop(() -> stopped.set(true));
        assertThat(stopped).isTrue();
    }

    @Test
    void whenTheServiceDoesNotRespondStoppingAndClosingLastForTheCloseTimeoutInTotal() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<CompletableFuture<TriggerResult>> results = new ArrayList<>();
            AtomicLong started = new AtomicLong();
            runner.withPropertyValues(
                            "lattestream.endpoint=localhost:" + silent.getLocalPort(), "lattestream.close-timeout=2s")
                    .run(context -> {
                        results.add(trigger(context));
                        started.set(System.nanoTime());
                        context.close();
                    });
            // the rest is for a slow machine; a second timeout would exceed it
            assertThat(Duration.ofNanos(System.nanoTime() - started.get())).isLessThan(Duration.ofMillis(3500));
            assertThat(results)
                    .singleElement()
                    .satisfies(result -> assertThat(result).isCompletedExceptionally());
        }
    }

    @Test
    void anApplicationThatIsStartedAgainHasTheWholeCloseTimeoutAgain() {
        runner.withPropertyValues("lattestream.close-timeout=5s").run(context -> {
            context.stop();
            context.start();
            CompletableFuture<TriggerResult> result = trigger(context);
            context.close();
            assertThat(result).succeedsWithin(Duration.ZERO);
        });
    }

    @Test
    void stopsAfterTheWebServerAndTheTaskExecutors() {
        assertThat(LatteStreamClientLifecycle.PHASE)
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(ExecutorConfigurationSupport.DEFAULT_PHASE);
    }

    private static CompletableFuture<TriggerResult> trigger(ApplicationContext context) {
        return context.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);
    }
}
