package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import org.jspecify.annotations.Nullable;

/** Rules for channel names, and the channel types by prefix. */
public final class ChannelNames {

    private static final char SEPARATOR = ',';

    private ChannelNames() {}

    /**
     * Validates a channel name for a subscription or an authorization.
     * @param name the name
     * @return the violated rule with the name; null if the name is valid
     */
    public static @Nullable String problem(@Nullable String name) {
        if (name != null && name.indexOf(SEPARATOR) >= 0) {
            return "A channel name must not have a comma, which separates channels";
        }
        return queryProblem(name);
    }

    /**
     * Validates a channel name for a query. Commas are permitted, although no channel has a name with one.
     * @param name the name
     * @return the violated rule with the name; null if the name is valid
     */
    public static @Nullable String queryProblem(@Nullable String name) {
        try {
            // the rules for names are those of the client library, which validates them when an event is created
            Event.of(name == null ? null : name.replace(SEPARATOR, '.'), "name", null);
            return null;
        } catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
    }

    /**
     * Returns whether a channel is a presence channel, whose members are known to its subscribers.
     * @param name name of the channel
     * @return true for {@code presence-...}
     */
    public static boolean isPresence(String name) {
        return name.startsWith("presence-");
    }

    /**
     * Returns whether subscriptions to a channel require an authorization.
     * @param name name of the channel
     * @return true for {@code private-...} and {@code presence-...}
     */
    public static boolean isRestricted(String name) {
        return name.startsWith("private-") || isPresence(name);
    }
}
