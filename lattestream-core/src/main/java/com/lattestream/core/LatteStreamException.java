package com.lattestream.core;

import org.jspecify.annotations.Nullable;

/** Thrown if a call to LatteStream fails. Subclasses distinguish the reasons. */
public class LatteStreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the failure and its reason; must not contain a secret
     */
    public LatteStreamException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     * @param message the failure and its reason; must not contain a secret
     * @param cause the cause; null for none
     */
    public LatteStreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns whether the same call may succeed later, because the failure is transient. The client has already retried
     * within its limits.
     * @return false by default, such as for a rejected secret; true for connection failures, timeouts, a full queue, an
     * open circuit breaker, and the statuses 408, 425, 429, 500, 502, 503 and 504
     */
    public boolean isRetryable() {
        return false;
    }
}
