package com.lattestream.core.internal.wire;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelInfo;
import com.lattestream.core.ClientToken;
import com.lattestream.core.PresenceUser;
import com.lattestream.core.TriggerResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses the responses of the service leniently: fields may have either name, unknown fields are ignored, and an empty
 * body is an empty object. A response that cannot be parsed causes an {@link UnreadableReplyException}.
 */
public final class Replies {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Replies() {}

    /**
     * Parses the response to an event. It never fails, because an event with a 2xx response is delivered, whether its
     * body can be parsed or not.
     * @param sentTo the channels of the event
     * @param body the bytes
     * @return the result that the service returned
     */
    public static TriggerResult trigger(List<String> sentTo, byte[] body) {
        try {
            JsonNode reply = object(body);
            List<String> channels = new ArrayList<>();
            reply.path("channels").forEach(channel -> {
                if (channel.isString()) {
                    channels.add(channel.stringValue());
                }
            });
            JsonNode triggered = reply.path("triggered");
            return new TriggerResult(
                    channels.isEmpty() ? sentTo : channels,
                    triggered.canConvertToInt() ? OptionalInt.of(triggered.asInt()) : OptionalInt.empty());
        } catch (UnreadableReplyException ex) {
            return new TriggerResult(sentTo, OptionalInt.empty());
        }
    }

    /**
     * Parses the response to a query of one channel.
     * @param body the bytes
     * @return the info of the channel
     */
    public static ChannelInfo channelInfo(byte[] body) {
        return channelInfo(object(body), false);
    }

    /**
     * Parses the response to a query of channels.
     * @param body the bytes
     * @return the channels by name
     */
    public static Map<String, ChannelInfo> channels(byte[] body) {
        Map<String, ChannelInfo> channels = new LinkedHashMap<>();
        JsonNode reply = object(body).path("channels");
        if (!reply.isMissingNode() && !reply.isObject()) {
            throw new UnreadableReplyException("its channels are no object");
        }
        // only occupied channels are listed
        reply.properties().forEach(channel -> channels.put(channel.getKey(), channelInfo(channel.getValue(), true)));
        return Collections.unmodifiableMap(channels);
    }

    /**
     * Parses the response to a query of users.
     * @param body the bytes
     * @return the users
     */
    public static List<PresenceUser> users(byte[] body) {
        List<PresenceUser> users = new ArrayList<>();
        JsonNode reply = object(body).path("users");
        if (!reply.isMissingNode() && !reply.isArray()) {
            throw new UnreadableReplyException("its users are no list");
        }
        for (JsonNode user : reply) {
            users.add(new PresenceUser(required(user, "id")));
        }
        return List.copyOf(users);
    }

    /**
     * Parses an authorization.
     * @param body the bytes
     * @return the authorization
     */
    public static ChannelAuthorization authorization(byte[] body) {
        JsonNode reply = object(body);
        return new ChannelAuthorization(required(reply, "auth"), Fields.json(reply, "channel_data"));
    }

    /**
     * Parses a client token.
     * @param body the bytes
     * @return the token
     */
    public static ClientToken clientToken(byte[] body) {
        JsonNode reply = object(body);
        Integer expiresIn = Fields.number(reply, "expiresIn", "expires_in");
        return new ClientToken(
                required(reply, "accessToken", "access_token"),
                Fields.text(reply, "tokenType", "token_type"),
                expiresIn == null ? null : Duration.ofSeconds(expiresIn),
                Fields.text(reply, "tenantId", "tenant_id"));
    }

    private static ChannelInfo channelInfo(JsonNode info, boolean occupiedByDefault) {
        Integer userCount = Fields.number(info, "userCount", "user_count");
        Integer subscriptionCount = Fields.number(info, "subscriptionCount", "subscription_count");
        JsonNode occupied = info.path("occupied");
        return new ChannelInfo(
                occupied.isBoolean() ? occupied.booleanValue() : occupiedByDefault, userCount, subscriptionCount);
    }

    private static JsonNode object(byte[] body) {
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        JsonNode reply;
        try {
            reply = JSON.readTree(body);
        } catch (JacksonException ex) {
            throw new UnreadableReplyException("it is no JSON", ex);
        }
        if (!reply.isObject()) {
            throw new UnreadableReplyException("it is no JSON object");
        }
        return reply;
    }

    private static String required(JsonNode object, String... spellings) {
        String text = Fields.text(object, spellings);
        if (text == null || text.isEmpty()) {
            throw new UnreadableReplyException("it has no " + spellings[0]);
        }
        return text;
    }
}
