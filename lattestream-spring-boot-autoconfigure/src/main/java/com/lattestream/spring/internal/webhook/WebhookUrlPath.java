package com.lattestream.spring.internal.webhook;

/**
 * The path of webhooks in the URL to which the service sends them.
 *
 * @param value the path within the context path of the web server, with the path of the dispatcher servlet or the base
 * path of Spring WebFlux
 */
public record WebhookUrlPath(String value) {}
