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
 * Reads the service's answers, leniently: in both spellings, with fields not known, and an empty body as an empty
 * object. What cannot be read at all is an {@link UnreadableReplyException}.
 */
public final class Replies {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Replies() {}

    /**
     * Reads the answer to an event. It never fails: an event that was answered with 2xx is delivered, whatever the
     * service says of it.
     * @param sentTo where the event went
     * @param body the bytes
     * @return what the service said
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
     * Reads the answer about one channel.
     * @param body the bytes
     * @return the channel's info
     */
    public static ChannelInfo channelInfo(byte[] body) {
        return channelInfo(object(body), false);
    }

    /**
     * Reads the answer about channels.
     * @param body the bytes
     * @return the channels by name
     */
    public static Map<String, ChannelInfo> channels(byte[] body) {
        Map<String, ChannelInfo> channels = new LinkedHashMap<>();
        JsonNode reply = object(body).path("channels");
        if (!reply.isMissingNode() && !reply.isObject()) {
            throw new UnreadableReplyException("its channels are no object");
        }
        // a channel is listed because it is occupied
        reply.properties().forEach(channel -> channels.put(channel.getKey(), channelInfo(channel.getValue(), true)));
        return Collections.unmodifiableMap(channels);
    }

    /**
     * Reads the answer about users.
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
     * Reads an authorization.
     * @param body the bytes
     * @return the authorization
     */
    public static ChannelAuthorization authorization(byte[] body) {
        JsonNode reply = object(body);
        return new ChannelAuthorization(required(reply, "auth"), Fields.json(reply, "channel_data"));
    }

    /**
     * Reads a client token.
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
