package com.lattestream.core.internal.resilience;

import java.time.Duration;

/**
 * The number of retries and the waits before them.
 *
 * @param maxRetries the maximum number of retries; {@link #UNLIMITED} if only time limits them
 * @param delay the wait before the first retry; each further wait is twice as long
 * @param maxBackoff the longest of these waits
 * @param maxDelay the longest wait that a response can request with {@code Retry-After}
 */
public record RetryOptions(int maxRetries, Duration delay, Duration maxBackoff, Duration maxDelay) {

    /** The number of retries that stands for no limit other than time. */
    public static final int UNLIMITED = Integer.MAX_VALUE - 1;

    // the longest wait before an event is sent again, so that delivery resumes soon after the service has recovered
    private static final Duration MAX_EVENT_BACKOFF = Duration.ofSeconds(5);

    /**
     * Returns the options for events. They are retried more often than with exponential backoff alone.
     * @param maxRetries the maximum number of retries
     * @param delay the wait before the first retry
     * @param maxDelay the longest wait
     * @return the options
     */
    public static RetryOptions forEvents(int maxRetries, Duration delay, Duration maxDelay) {
        Duration longest = delay.compareTo(MAX_EVENT_BACKOFF) > 0 ? delay : MAX_EVENT_BACKOFF;
        return new RetryOptions(maxRetries, delay, longest.compareTo(maxDelay) > 0 ? maxDelay : longest, maxDelay);
    }

    /**
     * Returns the options for requests with a response for the caller.
     * @param maxRetries the maximum number of retries
     * @param delay the wait before the first retry
     * @param maxDelay the longest wait
     * @return the options
     */
    public static RetryOptions forQueries(int maxRetries, Duration delay, Duration maxDelay) {
        return new RetryOptions(maxRetries, delay, maxDelay, maxDelay);
    }
}
