package com.lattestream.samples.chat.account;

import java.io.Serial;
import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Thrown when a login or a sign-up is refused because there were too many before. */
final class TooManyAttemptsException extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("Too many attempts");
        this.wait = wait;
    }

    /** Returns the value of the header Retry-After: the seconds until the next attempt, rounded up. */
    String retryAfter() {
        return Long.toString(wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
