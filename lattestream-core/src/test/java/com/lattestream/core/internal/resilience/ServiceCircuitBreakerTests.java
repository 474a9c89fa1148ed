package com.lattestream.core.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.support.ManualScheduler;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ServiceCircuitBreakerTests {

    private static final Duration OPEN = Duration.ofSeconds(5);

    private final Logger logger = (Logger) LoggerFactory.getLogger(ServiceCircuitBreaker.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private final ManualScheduler time = new ManualScheduler();

    private final ServiceCircuitBreaker breaker = breaker(true);

    private int sent;

    private ServiceCircuitBreaker breaker(boolean enabled) {
        return new ServiceCircuitBreaker(
                "test", "https://service", new CircuitBreakerOptions(enabled, 50, 4, 2, OPEN, 1), time.clock());
    }

    @BeforeEach
    void collectLines() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void detach() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    private CompletableFuture<String> succeed() {
        return breaker.execute(() -> {
            sent++;
            return CompletableFuture.completedFuture("response");
        });
    }

    private void fail(Throwable reason) {
        breaker.execute(() -> {
            sent++;
            return CompletableFuture.failedFuture(reason);
        });
    }

    private void open() {
        fail(unavailable());
        fail(unavailable());
    }

    private static LatteStreamException unavailable() {
        return status(503);
    }

    private static LatteStreamException status(int status) {
        return new LatteStreamApiException("received status " + status, status, "", null);
    }

    @Test
    void requestsAreSentWhileTheServiceResponds() {
        assertThat(succeed()).isCompletedWithValue("response");

        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(breaker.isCallPermitted()).isTrue();
        assertThat(breaker.isProbing()).isFalse();
        assertThat(breaker.closedOff()).isZero();
    }

    @Test
    void afterTooManyFailuresNoRequestIsSent() {
        open();

        assertThat(succeed())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(LatteStreamUnavailableException.class)
                .withMessageContaining("'test' is open")
                .withMessageContaining("https://service");
        assertThat(sent).isEqualTo(2);
        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.OPEN);
        assertThat(breaker.isCallPermitted()).isFalse();
        assertThat(breaker.isProbing()).isFalse();
        assertThat(breaker.closedOff()).isEqualTo(OPEN);
    }

    @Test
    void serverErrorsAndMissingResponsesAreFailuresOfTheService() {
        assertThat(ServiceCircuitBreaker.isFailure(unavailable())).isTrue();
        assertThat(ServiceCircuitBreaker.isFailure(
                        new LatteStreamConnectionException("reset", true, new IOException("reset"))))
                .isTrue();
        assertThat(ServiceCircuitBreaker.isFailure(new LatteStreamTimeoutException("late", true, null)))
                .isTrue();
        assertThat(ServiceCircuitBreaker.isFailure(status(429))).isFalse();
        assertThat(ServiceCircuitBreaker.isFailure(new IllegalStateException("a defect")))
                .isFalse();
    }

    @Test
    void rejectedRequestsDoNotOpenTheCircuitBreaker() {
        for (int i = 0; i < 10; i++) {
            fail(status(400));
        }

        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void aFailureThatAStageHasWrappedCounts() {
        fail(new CompletionException(unavailable()));
        fail(new CompletionException(unavailable()));

        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void afterTheOpenStateAsManyRequestsArePermittedAsConfigured() {
        open();
        time.advance(OPEN.plusMillis(1));
        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.HALF_OPEN);
        assertThat(breaker.isProbing()).isTrue();
        assertThat(breaker.closedOff()).isZero();
        CompletableFuture<String> response = new CompletableFuture<>();
        breaker.execute(() -> response);

        // a query of the permission uses up none, and a request does
        assertThat(breaker.isCallPermitted()).isFalse();
        assertThat(succeed()).isCompletedExceptionally();

        response.complete("response");
        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void queryingThePermissionUsesUpNone() {
        open();
        time.advance(OPEN.plusMillis(1));

        for (int i = 0; i < 3; i++) {
            assertThat(breaker.isCallPermitted()).isTrue();
        }
        assertThat(succeed()).isCompleted();
    }

    @Test
    void aProbeThatFailsOpensTheCircuitBreakerAgain() {
        open();
        time.advance(OPEN.plusMillis(1));

        fail(unavailable());

        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void probesCanBePermittedBeforeTheEndOfTheOpenState() {
        open();

        breaker.allowProbes();

        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.HALF_OPEN);
        assertThat(succeed()).isCompleted();
        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void probesWithoutAResponseDoNotPreventFurtherOnes() {
        open();
        breaker.allowProbes();
        breaker.execute(CompletableFuture::new);
        assertThat(breaker.isCallPermitted()).isFalse();

        breaker.allowProbes();

        assertThat(breaker.isCallPermitted()).isTrue();
    }

    @Test
    void aClosedCircuitBreakerRemainsClosedIfProbesAreAllowed() {
        breaker.allowProbes();

        assertThat(breaker.state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void aRequestThatCannotBeSentUsesUpNoPermission() {
        open();
        time.advance(OPEN.plusMillis(1));

        CompletableFuture<String> result = breaker.execute(() -> {
            throw new IllegalStateException("a defect");
        });

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IllegalStateException.class);
        assertThat(breaker.isCallPermitted()).isTrue();
    }

    @Test
    void aDisabledCircuitBreakerNeverOpens() {
        ServiceCircuitBreaker disabled = breaker(false);
        for (int i = 0; i < 10; i++) {
            disabled.execute(() -> CompletableFuture.failedFuture(unavailable()));
        }

        assertThat(disabled.isCallPermitted()).isTrue();
        assertThat(disabled.state()).isEqualTo(CircuitBreakerState.DISABLED);
    }

    @Test
    void theMetricsContainTheDurationsOfCalls() {
        succeed();

        assertThat(breaker.nativeCircuitBreaker())
                .isInstanceOfSatisfying(
                        CircuitBreaker.class,
                        circuitBreaker -> assertThat(circuitBreaker.getMetrics().getNumberOfSuccessfulCalls())
                                .isEqualTo(1));
    }

    @Test
    void openingAndClosingAreLoggedWithTheReasonAndTheTimeOfTheNextAttempt() {
        open();
        // part of the same incident
        time.advance(OPEN.plusMillis(1));
        fail(status(500));
        time.advance(OPEN.plusMillis(1));
        succeed();

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
        assertThat(lines.list.get(0).getFormattedMessage())
                .contains("Circuit breaker 'test' opened: 2 of the last 2 requests to https://service failed")
                .contains("the last one with: received status 503")
                .contains("in 5000 ms");
        assertThat(lines.list.get(1).getFormattedMessage()).contains("Circuit breaker 'test' closed");
    }

    @Test
    void closingTheClientWritesTheNumberOfFurtherStateChanges() {
        for (int i = 0; i < 2; i++) {
            open();
            time.advance(OPEN.plusMillis(1));
            succeed();
        }
        int before = lines.list.size();

        breaker.close();

        assertThat(lines.list.subList(before, lines.list.size()))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "[circuit_breaker_opened] Further state changes within 10 s: 1",
                        "[circuit_breaker_closed] Further state changes within 10 s: 1");
    }
}
