package com.lattestream.core.internal.resilience;

import java.time.Duration;

/**
 * How often and when to try again.
 *
 * @param maxRetries how often; 0 for never
 * @param delay the wait before the first retry
 * @param maxDelay the longest wait, whatever the service asks for
 */
public record RetryOptions(int maxRetries, Duration delay, Duration maxDelay) {}
