package com.lattestream.core.internal.http;

/**
 * A response of the service with a 2xx status.
 *
 * @param status the HTTP status
 * @param body the bytes; empty for none, and for an accepted event if the body is incomplete
 */
public record ServiceResponse(int status, byte[] body) {

    /** Returns status and length without the body, which may contain a credential. */
    @Override
    public String toString() {
        return "ServiceResponse[status=" + status + ", " + body.length + " bytes]";
    }
}
