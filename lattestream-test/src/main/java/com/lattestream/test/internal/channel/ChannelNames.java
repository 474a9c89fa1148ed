package com.lattestream.test.internal.channel;

import com.lattestream.core.ChannelName;
import org.jspecify.annotations.Nullable;

/** Validates channel names, for responses that contain the violated rule. */
public final class ChannelNames {

    private static final char SEPARATOR = ',';

    private ChannelNames() {}

    /**
     * Validates a channel name for a subscription or an authorization.
     * @param name the name
     * @return the violated rule with the name; null if the name is valid
     */
    public static @Nullable String problem(String name) {
        try {
            ChannelName.require(name);
            return null;
        } catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
    }

    /**
     * Validates a channel name for a query. Commas are permitted, although no channel has a name with one.
     * @param name the name
     * @return the violated rule with the name; null if the name is valid
     */
    public static @Nullable String queryProblem(String name) {
        return problem(name.replace(SEPARATOR, '.'));
    }
}
