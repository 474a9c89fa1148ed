package com.lattestream.test.internal.channel;

import com.lattestream.core.ChannelName;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes the rules of {@link ChannelName} that a name violates, for responses of the engine. */
public final class ChannelNames {

    private ChannelNames() {}

    /**
     * Validates a channel name for a subscription or an authorization.
     * @param name the name
     * @return the violated rule with the name; null if the name is valid
     */
    public static @Nullable String problem(String name) {
        return problem(name, ChannelName::require);
    }

    /**
     * Validates a channel name for a query. Commas are permitted, although no channel has a name with one.
     * @param name the name
     * @return the violated rule with the name; null if the name is valid
     */
    public static @Nullable String queryProblem(String name) {
        return problem(name, ChannelName::requireReadable);
    }

    private static @Nullable String problem(String name, Consumer<String> rule) {
        try {
            rule.accept(name);
            return null;
        } catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
    }
}
