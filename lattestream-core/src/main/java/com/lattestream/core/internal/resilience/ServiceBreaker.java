package com.lattestream.core.internal.resilience;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.logging.LogEvent;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Spares a service that fails: it is asked no more for a while, and then by few calls first. What it refuses is no
 * failure of the service. Thread-safe.
 */
public final class ServiceBreaker {

    private static final Logger logger = LoggerFactory.getLogger(ServiceBreaker.class);

    private final LogEvent opened = new LogEvent(logger, Level.WARN, "circuit_breaker_opened");

    private final LogEvent closed = new LogEvent(logger, Level.INFO, "circuit_breaker_closed");

    private final CircuitBreaker breaker;

    private final Duration wait;

    /**
     * Creates a breaker.
     * @param name what metrics call it
     * @param options when the service counts as unavailable
     * @param clock tells the time
     */
    public ServiceBreaker(String name, CircuitBreakerOptions options, Clock clock) {
        this.wait = options.waitDurationInOpenState();
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(options.failureRateThreshold())
                        .slidingWindowSize(options.slidingWindowSize())
                        .minimumNumberOfCalls(options.minimumNumberOfCalls())
                        .waitDurationInOpenState(options.waitDurationInOpenState())
                        .permittedNumberOfCallsInHalfOpenState(options.permittedNumberOfCallsInHalfOpenState())
                        .recordException(ServiceBreaker::isOutage)
                        .clock(clock)
                        .build());
        if (!options.enabled()) {
            breaker.transitionToDisabledState();
        }
        breaker.getEventPublisher().onStateTransition(event -> tell(event.getStateTransition()));
    }

    // an open breaker that tries the service in vain has not changed for whoever reads this
    private void tell(CircuitBreaker.StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN ->
                opened.log(
                        1,
                        () -> "Circuit breaker '" + breaker.getName()
                                + "' opened: too many requests to LatteStream failed."
                                + " Events stay queued, other calls of this kind fail with"
                                + " LatteStreamUnavailableException. Next attempt in " + wait.toMillis() + " ms");
            case HALF_OPEN_TO_CLOSED ->
                closed.log(
                        1,
                        () -> "Circuit breaker '" + breaker.getName()
                                + "' closed: requests to LatteStream succeed again");
            default -> logger.debug("Circuit breaker '{}' changes from {}", breaker.getName(), transition);
        }
    }

    /**
     * Returns what is asked, for metrics.
     * @return Resilience4j's circuit breaker
     */
    public Object nativeCircuitBreaker() {
        return breaker;
    }

    /** Says what has been held back, as nothing comes after it. */
    public void close() {
        opened.close();
        closed.close();
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof LatteStreamApiException refused
                ? refused.status() >= 500
                : failure instanceof LatteStreamConnectionException || failure instanceof LatteStreamTimeoutException;
    }

    /**
     * Tells whether the service may be asked now. The answer may be another a moment later.
     * @return whether a call would be made
     */
    public boolean admits() {
        boolean admitted = breaker.tryAcquirePermission();
        if (admitted) {
            breaker.releasePermission();
        }
        return admitted;
    }

    /**
     * Tells what the breaker does now.
     * @return its state; not open any more as soon as a call would be let through, whether or not there is one
     */
    public CircuitBreakerState state() {
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            // it looks at the clock only when it is asked
            admits();
        }
        return switch (breaker.getState()) {
            case CLOSED, METRICS_ONLY -> CircuitBreakerState.CLOSED;
            case OPEN, FORCED_OPEN -> CircuitBreakerState.OPEN;
            case HALF_OPEN -> CircuitBreakerState.HALF_OPEN;
            case DISABLED -> CircuitBreakerState.DISABLED;
        };
    }

    /**
     * Makes a call, if the service may be asked now.
     * @param call asks the service
     * @param <T> what it answers
     * @return the answer; a {@link LatteStreamUnavailableException} if the service was not asked
     */
    public <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.failedFuture(
                    new LatteStreamUnavailableException("Request not sent: the circuit breaker '" + breaker.getName()
                            + "' is open because recent requests to LatteStream failed. Retry later"));
        }
        long started = System.nanoTime();
        CompletableFuture<T> answer;
        try {
            answer = call.get();
        } catch (RuntimeException ex) {
            breaker.releasePermission();
            return CompletableFuture.failedFuture(ex);
        }
        return answer.whenComplete((known, failure) -> {
            long took = System.nanoTime() - started;
            if (failure == null) {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(took, TimeUnit.NANOSECONDS, Callbacks.unwrap(failure));
            }
        });
    }
}
