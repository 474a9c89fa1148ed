package com.lattestream.core;

import com.lattestream.core.internal.validation.Quoted;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for socket ids, the ids of browsers' connections. There are two, depending on the use of the id:
 * <ul>
 * <li>An id that is only sent to the service is opaque: any text that is not empty.
 * <li>An id that is signed, or that a browser has sent, must be signable: two lower-case hexadecimal numbers of 1 to
 * {@value #MAX_DIGITS} digits with a dot between, such as {@code 123.456}. In the signed text, a colon follows the id:
 * an id with a colon could turn a signature for one channel into a signature for another.
 * </ul>
 */
public final class SocketId {

    /** Maximum number of digits of each of the two numbers of a signable id. */
    public static final int MAX_DIGITS = 32;

    private static final Pattern SIGNABLE =
            Pattern.compile("[0-9a-f]{1," + MAX_DIGITS + "}\\.[0-9a-f]{1," + MAX_DIGITS + "}");

    private SocketId() {}

    /**
     * Returns the id if it may be sent to the service.
     * @param socketId the id to check
     * @return the same id
     * @throws IllegalArgumentException if the id is null or empty
     */
    public static String require(String socketId) {
        if (socketId == null || socketId.isEmpty()) {
            throw new IllegalArgumentException("Socket id " + Quoted.of(socketId) + " must not be null or empty");
        }
        return socketId;
    }

    /**
     * Returns the id if it may be signed.
     * @param socketId the id to check
     * @return the same id
     * @throws IllegalArgumentException if the id is null, or is not two lower-case hexadecimal numbers with a dot
     * between
     */
    public static String requireSignable(String socketId) {
        String id = require(socketId);
        if (!isSignable(id)) {
            throw new IllegalArgumentException("Socket id " + Quoted.of(id)
                    + " must be two lower-case hexadecimal numbers of 1 to " + MAX_DIGITS
                    + " digits with a dot between, such as 123.456");
        }
        return id;
    }

    /**
     * Returns whether the id may be signed.
     * @param socketId the id to check
     * @return whether {@link #requireSignable(String)} accepts it; false for null
     */
    public static boolean isSignable(@Nullable String socketId) {
        return socketId != null && SIGNABLE.matcher(socketId).matches();
    }
}
