package com.lattestream.core.webhook;

import org.jspecify.annotations.Nullable;

/** Something that happened on a channel, as a webhook tells it. */
public sealed interface WebhookEvent {

    /**
     * Returns what the service calls it.
     * @return the name, such as {@code member_added}
     */
    String name();

    /**
     * The first connection has subscribed to a channel.
     *
     * @param channel the channel
     */
    record ChannelOccupied(String channel) implements WebhookEvent {

        @Override
        public String name() {
            return "channel_occupied";
        }
    }

    /**
     * The last connection has left a channel.
     *
     * @param channel the channel
     */
    record ChannelVacated(String channel) implements WebhookEvent {

        @Override
        public String name() {
            return "channel_vacated";
        }
    }

    /**
     * A user has joined a presence channel, with the first of their connections.
     *
     * @param channel the presence channel
     * @param userId the user
     */
    record MemberAdded(String channel, String userId) implements WebhookEvent {

        @Override
        public String name() {
            return "member_added";
        }
    }

    /**
     * A user has left a presence channel, with the last of their connections.
     *
     * @param channel the presence channel
     * @param userId the user
     */
    record MemberRemoved(String channel, String userId) implements WebhookEvent {

        @Override
        public String name() {
            return "member_removed";
        }
    }

    /**
     * There are more or fewer subscriptions to a channel than before.
     *
     * @param channel the channel
     * @param subscriptionCount how many there are now
     */
    record SubscriptionCount(String channel, int subscriptionCount) implements WebhookEvent {

        @Override
        public String name() {
            return "subscription_count";
        }
    }

    /**
     * A browser has sent an event to the others on its channel. What it says is that browser's word, not the service's.
     *
     * @param channel the private or presence channel
     * @param event the event's name, {@code client-...}
     * @param data the data as the webhook has it, mostly JSON text; empty if there is none
     * @param socketId the connection that sent it, if the webhook says so
     * @param userId the user that sent it, on a presence channel
     */
    record ClientEvent(
            String channel,
            String event,
            String data,
            @Nullable String socketId,
            @Nullable String userId) implements WebhookEvent {

        @Override
        public String name() {
            return "client_event";
        }
    }

    /**
     * An event of a name that this version does not know, or without something that it needs.
     *
     * @param name the name; empty if there is none
     * @param json the event as JSON text
     */
    record Unknown(String name, String json) implements WebhookEvent {}
}
