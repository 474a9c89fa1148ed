package com.lattestream.core;

/** The service does not accept the secret (401), or not for this (403). Trying again does not help. */
public class LatteStreamAuthenticationException extends LatteStreamApiException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message what failed, and why
     * @param status 401 or 403
     * @param responseBody what the service said
     */
    public LatteStreamAuthenticationException(String message, int status, String responseBody) {
        super(message, status, responseBody, null);
    }
}
