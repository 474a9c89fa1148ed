package com.lattestream.core;

import com.lattestream.core.internal.validation.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * The rules for channel names. A name has 1 to {@value #MAX_LENGTH} characters of {@code a-z A-Z 0-9 _ - = @ . ;}, and
 * its prefix determines the type of the channel: {@code private-}, {@code presence-}, or public.
 *
 * <p>A comma is not a legal character, because it separates channel names in a request: an event for
 * {@code "private-room-" + input} must not reach {@code private-user-bob} if the input is {@code 1,private-user-bob}.
 * Only {@link LatteStreamClient#getChannelInfo(String, ChannelAttribute...) getChannelInfo} and
 * {@link LatteStreamClient#getUsers(String) getUsers} accept one, because there the name is a single path segment that
 * is percent-encoded.
 */
public final class ChannelName {

    /** Maximum length of a channel name in UTF-16 units. */
    public static final int MAX_LENGTH = 200;

    /** Regular expression that matches one legal character. */
    public static final String CHARACTER_CLASS = "[a-zA-Z0-9_\\-=@.;]";

    private static final String RULE = "must have 1 to " + MAX_LENGTH + " characters of a-z A-Z 0-9 _ - = @ . ;";

    private static final String COMMA_RULE = RULE + ": a comma separates channel names";

    private static final String READABLE_RULE = RULE + " or a comma";

    private ChannelName() {}

    /**
     * Returns the name if it is a valid channel name.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is null, empty, too long, or has an illegal character, such as a
     * comma
     */
    public static String require(String channel) {
        if (channel == null || !isValid(channel)) {
            throw invalid(channel, channel != null && channel.indexOf(',') >= 0 ? COMMA_RULE : RULE);
        }
        return channel;
    }

    /**
     * Returns whether the name is a valid channel name.
     * @param channel the name to check
     * @return whether {@link #require(String)} accepts it; false for null
     */
    public static boolean isValid(@Nullable String channel) {
        return channel != null && hasLegalLength(channel) && hasLegalCharacters(channel, false);
    }

    /**
     * Returns the name if it is a valid name of a presence channel.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is not valid, or does not start with {@code presence-}
     */
    public static String requirePresence(String channel) {
        return requirePresencePrefix(require(channel));
    }

    /**
     * Returns the name if it is a valid name of a channel that requires authorization.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is not valid, or is that of a public channel
     */
    public static String requireAuthorizable(String channel) {
        String name = require(channel);
        if (!isAuthorizable(name)) {
            throw new IllegalArgumentException("Channel " + Quoted.of(name)
                    + " is public and needs no authorization: only private-... and presence-... channels do");
        }
        return name;
    }

    /**
     * Returns whether subscribing to the channel requires authorization.
     * @param channel a channel name
     * @return true for {@code private-...} and {@code presence-...}
     */
    public static boolean isAuthorizable(String channel) {
        return isPrivate(channel) || isPresence(channel);
    }

    /**
     * Returns whether the channel is a presence channel, whose members are known to its subscribers.
     * @param channel a channel name
     * @return true for {@code presence-...}
     */
    public static boolean isPresence(String channel) {
        return channel.startsWith("presence-");
    }

    /**
     * Returns whether the channel is a private channel.
     * @param channel a channel name
     * @return true for {@code private-...}
     */
    public static boolean isPrivate(String channel) {
        return channel.startsWith("private-");
    }

    /**
     * Returns the name if it may be queried. A comma is accepted, because in a query the name is a single path segment.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is null, empty, too long, or has an illegal character other than a
     * comma
     */
    public static String requireReadable(String channel) {
        if (channel == null || !hasLegalLength(channel) || !hasLegalCharacters(channel, true)) {
            throw invalid(channel, READABLE_RULE);
        }
        return channel;
    }

    static String requireReadablePresence(String channel) {
        return requirePresencePrefix(requireReadable(channel));
    }

    private static IllegalArgumentException invalid(@Nullable String channel, String rule) {
        String length =
                channel != null && channel.length() > MAX_LENGTH ? "has " + channel.length() + " characters; it " : "";
        return new IllegalArgumentException("Channel name " + Quoted.of(channel) + " " + length + rule);
    }

    private static String requirePresencePrefix(String name) {
        if (!isPresence(name)) {
            throw new IllegalArgumentException(
                    "Channel " + Quoted.of(name) + " has no users: it must be a presence channel (presence-...)");
        }
        return name;
    }

    private static boolean hasLegalLength(String name) {
        return !name.isEmpty() && name.length() <= MAX_LENGTH;
    }

    private static boolean hasLegalCharacters(String name, boolean commaAllowed) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLegal(c) && !(commaAllowed && c == ',')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '='
                || c == '@'
                || c == '.'
                || c == ';';
    }
}
