package com.lattestream.core.internal.validation;

import java.util.List;

/** The rules for event names. */
public final class EventName {

    /** Maximum length of an event name in UTF-16 units. */
    public static final int MAX_LENGTH = 200;

    // browsers treat events with these names as messages of the protocol
    private static final List<String> RESERVED_PREFIXES = List.of("lattestream:", "lattestream_internal:");

    private EventName() {}

    /**
     * Returns the name if it is a valid event name.
     * @param name the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is null, empty, too long, or reserved
     */
    public static String require(String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("Event name " + Quoted.of(name) + " must not be null or empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Event name " + Quoted.of(name) + " has " + name.length()
                    + " characters; it must have 1 to " + MAX_LENGTH);
        }
        for (String prefix : RESERVED_PREFIXES) {
            if (name.startsWith(prefix)) {
                throw new IllegalArgumentException(
                        "Event name " + Quoted.of(name) + " must not start with " + prefix + ", which is reserved");
            }
        }
        return name;
    }
}
