package com.lattestream.spring.internal.auth;

import java.util.Locale;

/** Listener for the outcomes of authorization requests. Must not block. */
@FunctionalInterface
public interface AuthorizationOutcomeListener {

    /** Ignores all outcomes. */
    AuthorizationOutcomeListener NONE = outcome -> {};

    /**
     * Called when a response has been created.
     * @param outcome the outcome
     */
    void onOutcome(Outcome outcome);

    /** The outcome of an authorization request. */
    enum Outcome {

        /** The subscription was granted. */
        GRANTED,

        /** The decision was to refuse the subscription. */
        REFUSED,

        /** The user was not authenticated. */
        ANONYMOUS,

        /** The request was not valid. */
        MALFORMED,

        /** The subscription was granted, but the authorization could not be created. */
        FAILED;

        /**
         * Returns the name of this outcome in metrics.
         * @return the name, such as {@code granted}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
