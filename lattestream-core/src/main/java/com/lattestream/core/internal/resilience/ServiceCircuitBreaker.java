package com.lattestream.core.internal.resilience;

import com.lattestream.core.CircuitBreakerState;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Circuit breaker: stops sending requests to a service that fails, and then permits a few requests first. A rejected
 * request is not a failure of the service. Thread-safe.
 */
public final class ServiceCircuitBreaker {

    private static final Logger logger = LoggerFactory.getLogger(ServiceCircuitBreaker.class);

    private final RateLimitedLogger opened =
            new RateLimitedLogger(logger, Level.WARN, "circuit_breaker_opened", "state changes");

    private final RateLimitedLogger closed =
            new RateLimitedLogger(logger, Level.INFO, "circuit_breaker_closed", "state changes");

    private final CircuitBreaker breaker;

    private final String endpoint;

    private final Duration wait;

    private volatile @Nullable Throwable lastFailure;

    /**
     * Creates a circuit breaker.
     * @param name the name in metrics
     * @param endpoint the address of the service, for the log
     * @param options the options of the circuit breaker
     * @param clock provides the time
     */
    public ServiceCircuitBreaker(String name, String endpoint, CircuitBreakerOptions options, Clock clock) {
        this.endpoint = endpoint;
        this.wait = options.waitDurationInOpenState();
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(options.failureRateThreshold())
                        .slidingWindowSize(options.slidingWindowSize())
                        .minimumNumberOfCalls(options.minimumNumberOfCalls())
                        .waitDurationInOpenState(options.waitDurationInOpenState())
                        .permittedNumberOfCallsInHalfOpenState(options.permittedNumberOfCallsInHalfOpenState())
                        .recordException(ServiceCircuitBreaker::isFailure)
                        .clock(clock)
                        .build());
        if (!options.enabled()) {
            breaker.transitionToDisabledState();
        }
        breaker.getEventPublisher().onStateTransition(event -> logTransition(event.getStateTransition()));
    }

    // a half-open breaker that opens again is part of the same incident
    private void logTransition(CircuitBreaker.StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN -> opened.log(1, this::openedMessage);
            case HALF_OPEN_TO_CLOSED ->
                closed.log(
                        1,
                        () -> "Circuit breaker '" + breaker.getName() + "' closed: requests to " + endpoint
                                + " succeed again, and are sent without restrictions");
            default -> logger.debug("Circuit breaker '{}' changes from {}", breaker.getName(), transition);
        }
    }

    private String openedMessage() {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        Throwable reason = lastFailure;
        return "Circuit breaker '" + breaker.getName() + "' opened: " + metrics.getNumberOfFailedCalls()
                + " of the last " + metrics.getNumberOfBufferedCalls() + " requests to " + endpoint + " failed"
                + (reason == null ? "" : ", the last one with: " + reason.getMessage())
                + ". Until an attempt succeeds, requests of this kind are not sent: events stay queued, authorizations and"
                + " queries fail with LatteStreamUnavailableException. The next attempt is made in " + wait.toMillis()
                + " ms";
    }

    /**
     * Returns the native circuit breaker, for metrics.
     * @return Resilience4j's circuit breaker
     */
    public Object nativeCircuitBreaker() {
        return breaker;
    }

    /** Writes pending lines to the log. */
    public void close() {
        opened.close();
        closed.close();
    }

    static boolean isFailure(Throwable failure) {
        return failure instanceof LatteStreamApiException response
                ? response.isServerError()
                : failure instanceof LatteStreamConnectionException || failure instanceof LatteStreamTimeoutException;
    }

    /** Permits probe requests immediately, without waiting for the end of the open state. */
    public void allowProbes() {
        CircuitBreaker.State state = breaker.getState();
        if (state == CircuitBreaker.State.OPEN || state == CircuitBreaker.State.HALF_OPEN) {
            try {
                // also from half-open, because requests without a response may have used up all permissions
                breaker.transitionToHalfOpenState();
            } catch (IllegalStateTransitionException ex) {
                logger.debug("The circuit breaker '{}' was closed in the meantime", breaker.getName(), ex);
            }
        }
    }

    /**
     * Returns the time for which no requests are permitted.
     * @return the time in the open state; zero in other states
     */
    public Duration closedOff() {
        return breaker.getState() == CircuitBreaker.State.OPEN ? wait : Duration.ZERO;
    }

    /**
     * Returns whether only probe requests are permitted.
     * @return whether the circuit breaker is half-open
     */
    public boolean isProbing() {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    /**
     * Returns whether a request is currently permitted. This may change at any time.
     * @return whether a call would be executed
     */
    public boolean isCallPermitted() {
        boolean permitted = breaker.tryAcquirePermission();
        if (permitted) {
            breaker.releasePermission();
        }
        return permitted;
    }

    /**
     * Returns the current state.
     * @return the state; half-open as soon as a call would be permitted, even if there has been none
     */
    public CircuitBreakerState state() {
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            // the circuit breaker updates its state only when a permission is requested
            isCallPermitted();
        }
        return switch (breaker.getState()) {
            case CLOSED, METRICS_ONLY -> CircuitBreakerState.CLOSED;
            case OPEN, FORCED_OPEN -> CircuitBreakerState.OPEN;
            case HALF_OPEN -> CircuitBreakerState.HALF_OPEN;
            case DISABLED -> CircuitBreakerState.DISABLED;
        };
    }

    /**
     * Executes a call, if a request is permitted.
     * @param call sends the request
     * @param <T> the type of the response
     * @return the response; a {@link LatteStreamUnavailableException} if no request was sent
     */
    public <T> CompletableFuture<T> execute(Supplier<CompletableFuture<T>> call) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.failedFuture(
                    new LatteStreamUnavailableException("Request not sent: the circuit breaker '" + breaker.getName()
                            + "' is open because recent requests to " + endpoint + " failed. Retry later"));
        }
        long started = System.nanoTime();
        CompletableFuture<T> response;
        try {
            response = call.get();
        } catch (RuntimeException | Error ex) {
            breaker.releasePermission();
            return CompletableFuture.failedFuture(ex);
        }
        return response.whenComplete((received, failure) -> {
            long took = System.nanoTime() - started;
            if (failure == null) {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            } else {
                Throwable reason = Callbacks.unwrap(failure);
                if (isFailure(reason)) {
                    lastFailure = reason;
                }
                breaker.onError(took, TimeUnit.NANOSECONDS, reason);
            }
        });
    }
}
