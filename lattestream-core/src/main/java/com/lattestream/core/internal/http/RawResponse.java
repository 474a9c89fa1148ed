package com.lattestream.core.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * A raw response with any status.
 *
 * @param status the HTTP status
 * @param retryAfter the header {@code Retry-After}; null for none
 * @param body the bytes; empty for none
 */
record RawResponse(int status, @Nullable String retryAfter, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
