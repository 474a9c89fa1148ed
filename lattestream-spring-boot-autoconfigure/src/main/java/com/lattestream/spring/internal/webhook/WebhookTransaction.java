package com.lattestream.spring.internal.webhook;

/** Runs the dispatch of one webhook in a transaction, if the application has transactions. Thread-safe. */
@FunctionalInterface
public interface WebhookTransaction {

    /**
     * Begins a transaction, runs the dispatch, and commits; rolls back if the dispatch throws. Exceptions of the
     * dispatch and of the transaction are thrown to the caller.
     * @param dispatch the dispatch; not run if the transaction cannot begin
     */
    void execute(Runnable dispatch);
}
