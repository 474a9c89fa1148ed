/**
 * Receives webhooks: a signature is verified over the raw bytes, a webhook is dispatched once, and nothing that was not
 * verified reaches a handler. {@link com.lattestream.spring.internal.webhook.WebhookProcessor} and the classes it uses do
 * not depend on the web stack; the filter, the body readers and the handler guard are the adapter for Spring MVC.
 */
@NullMarked
package com.lattestream.spring.internal.webhook;

import org.jspecify.annotations.NullMarked;
