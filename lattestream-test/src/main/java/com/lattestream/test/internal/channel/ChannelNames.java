package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import org.jspecify.annotations.Nullable;

/** What a channel's name must look like, and what its prefix says. */
public final class ChannelNames {

    private static final char SEPARATOR = ',';

    private ChannelNames() {}

    /**
     * Returns what is wrong with a name that a client subscribes to, or asks an authorization for.
     * @param name the name
     * @return the value and the rule; null if nothing is wrong
     */
    public static @Nullable String problem(@Nullable String name) {
        if (name != null && name.indexOf(SEPARATOR) >= 0) {
            return "A channel name must not have a comma, which separates channels";
        }
        return queryProblem(name);
    }

    /**
     * Returns what is wrong with a name that a client queries. It may have a comma, although no channel has one.
     * @param name the name
     * @return the value and the rule; null if nothing is wrong
     */
    public static @Nullable String queryProblem(@Nullable String name) {
        try {
            // the rules for names belong to the client library, where an event is what checks them
            Event.of(name == null ? null : name.replace(SEPARATOR, '.'), "name", null);
            return null;
        } catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
    }

    /**
     * Tells whether the channel knows who is on it.
     * @param name a channel's name
     * @return true for {@code presence-...}
     */
    public static boolean isPresence(String name) {
        return name.startsWith("presence-");
    }

    /**
     * Tells whether subscribing needs authorization.
     * @param name a channel's name
     * @return true for {@code private-...} and {@code presence-...}
     */
    public static boolean isRestricted(String name) {
        return name.startsWith("private-") || isPresence(name);
    }
}
