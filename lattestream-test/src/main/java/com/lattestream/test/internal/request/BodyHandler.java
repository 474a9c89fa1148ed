package com.lattestream.test.internal.request;

/** Handles a request once its body has arrived. */
@FunctionalInterface
public interface BodyHandler {

    /**
     * Sends the response.
     * @param body the body
     */
    void handle(byte[] body);
}
