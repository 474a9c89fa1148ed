package com.lattestream.spring.internal.client;

import java.io.Serial;
import java.util.List;

/** Thrown if a client is needed and cannot be determined. Startup fails with an analysis of it. */
public final class UndeterminedClientException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The names of the candidate beans. */
    private final transient List<String> candidates;

    /** The feature that needs the client. */
    private final String neededFor;

    UndeterminedClientException(List<String> candidates, String neededFor) {
        super("No default LatteStreamClient among the beans " + candidates + " can be determined, which is needed for "
                + neededFor);
        this.candidates = List.copyOf(candidates);
        this.neededFor = neededFor;
    }

    /**
     * Returns the beans among which no default can be determined.
     * @return the names of the beans; empty if there is no client
     */
    public List<String> candidates() {
        return candidates;
    }

    /**
     * Returns the feature that needs the client.
     * @return a description, such as {@code channel authorizers}
     */
    public String neededFor() {
        return neededFor;
    }
}
