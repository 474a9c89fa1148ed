package com.lattestream.spring.internal.auth;

import java.util.Locale;

/** Hears how questions for an authorization are answered. Must not block. */
@FunctionalInterface
public interface AuthorizationListener {

    /** Hears nothing. */
    AuthorizationListener NONE = outcome -> {};

    /**
     * A question was answered.
     * @param outcome how
     */
    void onAnswer(Outcome outcome);

    /** How a question was answered. */
    enum Outcome {

        /** The user was let in. */
        GRANTED,

        /** The user was kept out by the decision. */
        REFUSED,

        /** Nobody was logged in. */
        ANONYMOUS,

        /** The request could not be understood. */
        MALFORMED,

        /** The user may come in, but there was no authorization to hand out. */
        FAILED;

        /**
         * Returns what metrics call it.
         * @return such as {@code granted}
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
