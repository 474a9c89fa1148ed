package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Reacts to an asynchronous request that times out, fails or completes. */
abstract class AsyncCompletionListener implements AsyncListener {

    /** Called when the request has timed out or failed. */
    abstract void onFailure();

    /** Called when the request has completed, after {@link #onFailure()} if it failed. */
    void onCompletion() {}

    @Override
    public final void onTimeout(AsyncEvent event) {
        onFailure();
    }

    @Override
    public final void onError(AsyncEvent event) {
        onFailure();
    }

    @Override
    public final void onComplete(AsyncEvent event) {
        onCompletion();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // after a new dispatch, the request belongs to the application
    }
}
