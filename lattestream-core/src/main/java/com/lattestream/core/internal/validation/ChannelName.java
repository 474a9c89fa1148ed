package com.lattestream.core.internal.validation;

import org.jspecify.annotations.Nullable;

/** What a channel name must look like, and what its prefix says. */
public final class ChannelName {

    /** The most UTF-16 units a channel name may have. */
    public static final int MAX_LENGTH = 200;

    private static final String RULE = "must have 1 to " + MAX_LENGTH + " characters of a-z A-Z 0-9 _ - = @ , . ;";

    private ChannelName() {}

    /**
     * Returns the name if it is one.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is null, empty, too long, or holds another character
     */
    public static String require(@Nullable String channel) {
        if (channel == null || channel.isEmpty()) {
            throw new IllegalArgumentException("Channel name " + Quoted.of(channel) + " " + RULE);
        }
        if (channel.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "Channel name " + Quoted.of(channel) + " has " + channel.length() + " characters; it " + RULE);
        }
        for (int i = 0; i < channel.length(); i++) {
            if (!isLegal(channel.charAt(i))) {
                throw new IllegalArgumentException("Channel name " + Quoted.of(channel) + " " + RULE);
            }
        }
        return channel;
    }

    /**
     * Returns the name if it is that of a presence channel.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is no channel name, or does not start with {@code presence-}
     */
    public static String requirePresence(@Nullable String channel) {
        String name = require(channel);
        if (!isPresence(name)) {
            throw new IllegalArgumentException(
                    "Channel " + Quoted.of(name) + " has no users: it must be a presence channel (presence-...)");
        }
        return name;
    }

    /**
     * Returns the name if its channel needs authorization.
     * @param channel the name to check
     * @return the same name
     * @throws IllegalArgumentException if the name is no channel name, or that of a public channel
     */
    public static String requireAuthorizable(@Nullable String channel) {
        String name = require(channel);
        if (!isPresence(name) && !isPrivate(name)) {
            throw new IllegalArgumentException("Channel " + Quoted.of(name)
                    + " is public and needs no authorization: only private-... and presence-... channels do");
        }
        return name;
    }

    /**
     * Tells whether the channel knows who is on it.
     * @param channel a channel name
     * @return true for {@code presence-...}
     */
    public static boolean isPresence(String channel) {
        return channel.startsWith("presence-");
    }

    /**
     * Tells whether the channel is private.
     * @param channel a channel name
     * @return true for {@code private-...}
     */
    public static boolean isPrivate(String channel) {
        return channel.startsWith("private-");
    }

    private static boolean isLegal(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '='
                || c == '@'
                || c == ','
                || c == '.'
                || c == ';';
    }
}
