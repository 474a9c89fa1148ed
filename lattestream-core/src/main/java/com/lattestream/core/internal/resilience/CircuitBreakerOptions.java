package com.lattestream.core.internal.resilience;

import java.time.Duration;

/**
 * When the service counts as unavailable.
 *
 * @param enabled whether it ever does
 * @param failureRateThreshold the percentage of failed calls, from 1 to 100, from which on it does
 * @param slidingWindowSize how many calls are looked back at
 * @param minimumNumberOfCalls below how many calls there is no judgement
 * @param waitDurationInOpenState how long it does
 * @param permittedNumberOfCallsInHalfOpenState how many calls then try whether it is back
 */
public record CircuitBreakerOptions(
        boolean enabled,
        int failureRateThreshold,
        int slidingWindowSize,
        int minimumNumberOfCalls,
        Duration waitDurationInOpenState,
        int permittedNumberOfCallsInHalfOpenState) {}
