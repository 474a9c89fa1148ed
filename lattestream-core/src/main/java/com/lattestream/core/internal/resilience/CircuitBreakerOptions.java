package com.lattestream.core.internal.resilience;

import java.time.Duration;

/**
 * Options of a circuit breaker.
 *
 * @param enabled whether there is a circuit breaker
 * @param failureRateThreshold the failure rate, in percent from 1 to 100, at or above which the circuit breaker opens
 * @param slidingWindowSize the number of recent calls from which the failure rate is calculated
 * @param minimumNumberOfCalls the minimum number of calls before the circuit breaker can open
 * @param waitDurationInOpenState the time that the circuit breaker stays open
 * @param permittedNumberOfCallsInHalfOpenState the number of calls that are permitted in the half-open state
 */
public record CircuitBreakerOptions(
        boolean enabled,
        int failureRateThreshold,
        int slidingWindowSize,
        int minimumNumberOfCalls,
        Duration waitDurationInOpenState,
        int permittedNumberOfCallsInHalfOpenState) {}
