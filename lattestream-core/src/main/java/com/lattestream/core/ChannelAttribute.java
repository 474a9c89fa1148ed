package com.lattestream.core;

/** Attributes of a channel that a query can request, in addition to whether the channel is occupied. */
public enum ChannelAttribute {

    /** The number of users on a presence channel. */
    USER_COUNT("user_count"),

    /** The number of subscriptions. */
    SUBSCRIPTION_COUNT("subscription_count");

    private final String wireName;

    ChannelAttribute(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns the attribute's name in the wire protocol.
     * @return the name, such as {@code user_count}
     */
    public String wireName() {
        return wireName;
    }
}
