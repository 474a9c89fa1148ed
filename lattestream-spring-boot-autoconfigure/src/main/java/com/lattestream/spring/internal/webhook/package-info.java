/**
 * Receives webhooks: a signature is verified over the raw bytes, a webhook is dispatched once, and unverified requests
 * do not reach a handler. {@link com.lattestream.spring.internal.webhook.WebhookProcessor} and the classes it uses do
 * not depend on the web stack; the packages {@code servlet} and {@code reactive} are the adapters for Spring MVC and
 * Spring WebFlux.
 */
@NullMarked
package com.lattestream.spring.internal.webhook;

import org.jspecify.annotations.NullMarked;
