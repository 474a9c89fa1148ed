package com.lattestream.spring.internal;

import java.util.regex.Pattern;

/** The ids of browsers' connections, as browsers tell them. */
public final class SocketIds {

    // anything else could make a signature for one channel one for another
    private static final Pattern SOCKET_ID = Pattern.compile("[0-9a-f]{1,32}\\.[0-9a-f]{1,32}");

    private SocketIds() {}

    /**
     * Tells whether a text is such an id.
     * @param text what a browser has sent
     * @return whether it is two lower-case hexadecimal numbers of at most 32 digits with a dot between
     */
    public static boolean isSocketId(String text) {
        return SOCKET_ID.matcher(text).matches();
    }
}
