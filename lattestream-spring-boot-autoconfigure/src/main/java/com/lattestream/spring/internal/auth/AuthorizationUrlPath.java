package com.lattestream.spring.internal.auth;

/**
 * The path of the endpoint that authorizes subscriptions, in the URL to which browsers send requests.
 *
 * @param value the path with the context path of the application, and with the path of the dispatcher servlet or the
 * base path of Spring WebFlux
 */
public record AuthorizationUrlPath(String value) {}
