package com.lattestream.core.internal.http;

/**
 * An answer of the service with a 2xx status.
 *
 * @param status the status
 * @param body the bytes; empty for none, and for an accepted event also where they did not arrive whole
 */
public record ServiceResponse(int status, byte[] body) {

    /** Returns status and length: the body may hold a credential. */
    @Override
    public String toString() {
        return "ServiceResponse[status=" + status + ", " + body.length + " bytes]";
    }
}
