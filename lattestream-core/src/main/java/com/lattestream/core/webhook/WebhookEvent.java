package com.lattestream.core.webhook;

import org.jspecify.annotations.Nullable;

/** An event on a channel that the service reports with a webhook. */
public sealed interface WebhookEvent {

    /**
     * Returns the name of the event in the wire protocol.
     * @return the name, such as {@code member_added}
     */
    String name();

    /**
     * The first connection has subscribed to a channel.
     *
     * @param channel the channel
     */
    record ChannelOccupied(String channel) implements WebhookEvent {

        /** The name of this event in the wire protocol. */
        public static final String NAME = "channel_occupied";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * The last connection has left a channel.
     *
     * @param channel the channel
     */
    record ChannelVacated(String channel) implements WebhookEvent {

        /** The name of this event in the wire protocol. */
        public static final String NAME = "channel_vacated";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * A user has joined a presence channel, with the first of their connections.
     *
     * @param channel the presence channel
     * @param userId the user
     */
    record MemberAdded(String channel, String userId) implements WebhookEvent {

        /** The name of this event in the wire protocol. */
        public static final String NAME = "member_added";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * A user has left a presence channel, with the last of their connections.
     *
     * @param channel the presence channel
     * @param userId the user
     */
    record MemberRemoved(String channel, String userId) implements WebhookEvent {

        /** The name of this event in the wire protocol. */
        public static final String NAME = "member_removed";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * The number of subscriptions to a channel has changed.
     *
     * @param channel the channel
     * @param subscriptionCount the current number of subscriptions
     */
    record SubscriptionCount(String channel, int subscriptionCount) implements WebhookEvent {

        /** The name of this event in the wire protocol. */
        public static final String NAME = "subscription_count";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * A browser has sent an event to the other subscribers of its channel. The content comes from the browser, and the
     * service has not verified it.
     *
     * @param channel the private or presence channel
     * @param event the event's name, {@code client-...}
     * @param data the data as contained in the webhook, usually JSON text; empty for none
     * @param socketId the connection that sent it, if the webhook contains it
     * @param userId the user that sent it, on a presence channel
     */
    record ClientEvent(
            String channel,
            String event,
            String data,
            @Nullable String socketId,
            @Nullable String userId) implements WebhookEvent {

        /** The name of this event in the wire protocol. */
        public static final String NAME = "client_event";

        @Override
        public String name() {
            return NAME;
        }
    }

    /**
     * An event with a name that this version does not know, or without a required field.
     *
     * @param name the name; empty if there is none
     * @param json the event as JSON text
     */
    record Unknown(String name, String json) implements WebhookEvent {}
}
