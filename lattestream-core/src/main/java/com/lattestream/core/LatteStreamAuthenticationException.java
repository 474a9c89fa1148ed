package com.lattestream.core;

/**
 * Thrown if the service rejects the secret (401), or if the secret does not permit the request (403). Retrying does not
 * help.
 */
public class LatteStreamAuthenticationException extends LatteStreamApiException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     * @param message the failed request and the reason
     * @param status 401 or 403
     * @param responseBody the body of the response as text
     */
    public LatteStreamAuthenticationException(String message, int status, String responseBody) {
        super(message, status, responseBody, null);
    }
}
