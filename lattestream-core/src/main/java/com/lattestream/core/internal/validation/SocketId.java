package com.lattestream.core.internal.validation;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a socket id must look like. */
public final class SocketId {

    private static final Pattern HEXADECIMAL_PAIR = Pattern.compile("[0-9a-f]+\\.[0-9a-f]+");

    private SocketId() {}

    /**
     * Returns the id if there is one. The service's ids are opaque to a client, so that any text will do.
     * @param socketId the id to check
     * @return the same id
     * @throws IllegalArgumentException if the id is null or empty
     */
    public static String require(@Nullable String socketId) {
        if (socketId == null || socketId.isEmpty()) {
            throw new IllegalArgumentException("Socket id " + Quoted.of(socketId) + " must not be null or empty");
        }
        return socketId;
    }

    /**
     * Returns the id if it may be signed: a signer must not be talked into signing a text of somebody's choice.
     * @param socketId the id to check
     * @return the same id
     * @throws IllegalArgumentException if the id is not two hexadecimal numbers with a dot between
     */
    public static String requireSignable(@Nullable String socketId) {
        String id = require(socketId);
        if (!HEXADECIMAL_PAIR.matcher(id).matches()) {
            throw new IllegalArgumentException("Socket id " + Quoted.of(id)
                    + " must be two lower-case hexadecimal numbers with a dot between, such as 123.456");
        }
        return id;
    }
}
