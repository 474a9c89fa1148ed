package com.lattestream.core.webhook;

import com.lattestream.core.internal.wire.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads webhooks in both notations of the service's documentation. */
final class WebhookParser {

    private static final int MAX_EVENTS = 10_000;

    private static final int MAX_DEPTH = 64;

    // a reader of one type, because a mapper makes the first payloads wait for each other, also on event loops
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build()
            .readerFor(JsonNode.class);

    private WebhookParser() {}

    static WebhookPayload parse(byte[] body) {
        if (body == null) {
            throw malformed("it is null");
        }
        JsonNode payload = read(body);
        if (!payload.isObject()) {
            throw malformed("it is not a JSON object");
        }
        JsonNode events = payload.path("events");
        if (!events.isArray()) {
            throw malformed("events is not an array");
        }
        if (events.size() > MAX_EVENTS) {
            throw malformed("it has more than " + MAX_EVENTS + " events");
        }
        List<WebhookEvent> read = new ArrayList<>(events.size());
        for (JsonNode event : events) {
            read.add(event(event));
        }
        return new WebhookPayload(time(payload), read);
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException ex) {
            // without the cause, whose message contains parts of the body
            throw malformed("it is not JSON, or has more than " + MAX_DEPTH + " levels");
        }
    }

    private static Instant time(JsonNode payload) {
        JsonNode time = Fields.value(payload, "time_ms", "timeMs");
        if (time == null || !time.isNumber() || !time.canConvertToExactIntegral() || !time.canConvertToLong()) {
            throw malformed("time_ms is not a number of milliseconds");
        }
        return Instant.ofEpochMilli(time.longValue());
    }

    private static WebhookEvent event(JsonNode event) {
        String name = Fields.text(event, "name");
        String channel = Fields.text(event, "channel");
        WebhookEvent known = name == null || channel == null ? null : known(name, channel, event);
        return known != null ? known : new WebhookEvent.Unknown(name == null ? "" : name, event.toString());
    }

    private static @Nullable WebhookEvent known(String name, String channel, JsonNode event) {
        String userId = Fields.text(event, "user_id", "userId");
        return switch (name) {
            case WebhookEvent.ChannelOccupied.NAME -> new WebhookEvent.ChannelOccupied(channel);
            case WebhookEvent.ChannelVacated.NAME -> new WebhookEvent.ChannelVacated(channel);
            case WebhookEvent.MemberAdded.NAME -> userId == null ? null : new WebhookEvent.MemberAdded(channel, userId);
            case WebhookEvent.MemberRemoved.NAME ->
                userId == null ? null : new WebhookEvent.MemberRemoved(channel, userId);
            case WebhookEvent.SubscriptionCount.NAME -> subscriptionCount(channel, event);
            case WebhookEvent.ClientEvent.NAME -> clientEvent(channel, userId, event);
            default -> null;
        };
    }

    private static @Nullable WebhookEvent subscriptionCount(String channel, JsonNode event) {
        // the service's own type definitions misspell this name
        Integer count = Fields.number(event, "subscription_count", "subscriptionCount", "subcriptionCount");
        return count == null ? null : new WebhookEvent.SubscriptionCount(channel, count);
    }

    private static @Nullable WebhookEvent clientEvent(String channel, @Nullable String userId, JsonNode event) {
        String name = Fields.text(event, "event");
        if (name == null) {
            return null;
        }
        String data = Fields.json(event, "data");
        return new WebhookEvent.ClientEvent(
                channel, name, data == null ? "" : data, Fields.text(event, "socket_id", "socketId"), userId);
    }

    private static IllegalArgumentException malformed(String reason) {
        return new IllegalArgumentException("The body is not a webhook: " + reason);
    }
}
