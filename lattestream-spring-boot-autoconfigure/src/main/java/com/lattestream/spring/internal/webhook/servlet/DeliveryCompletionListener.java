package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.WebhookDelivery;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletResponse;

/** Completes a delivery when a handler that responds asynchronously has responded. */
final class DeliveryCompletionListener extends AsyncCompletionListener {

    private final WebhookDelivery delivery;

    private final HttpServletResponse response;

    private final WebhookProcessor processor;

    private boolean failed;

    DeliveryCompletionListener(WebhookDelivery delivery, HttpServletResponse response, WebhookProcessor processor) {
        this.delivery = delivery;
        this.response = response;
        this.processor = processor;
    }

    static Outcome outcomeOf(HttpServletResponse response) {
        return response.getStatus() < 400 ? Outcome.ACCEPTED : Outcome.FAILED;
    }

    @Override
    void onFailure() {
        failed = true;
    }

    @Override
    void onCompletion() {
        processor.complete(delivery, failed ? Outcome.FAILED : outcomeOf(response));
    }

    // a request for which asynchronous processing is started again loses its listeners
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
