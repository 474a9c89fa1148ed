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
 * body is an empty object. A response that cannot be parsed causes a {@link MalformedResponseException}.
 */
public final class ResponseReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ResponseReader() {}

    /**
     * Parses the response to an event. It never fails, because an event with a 2xx response is delivered, whether its
     * body can be parsed or not.
     * @param sentTo the channels of the event
     * @param body the bytes
     * @return the result that the service returned
     */
    public static TriggerResult trigger(List<String> sentTo, byte[] body) {
        try {
            JsonNode response = object(body);
            List<String> channels = new ArrayList<>();
            response.path("channels").forEach(channel -> {
                if (channel.isString()) {
                    channels.add(channel.stringValue());
                }
            });
            JsonNode triggered = response.path("triggered");
            return new TriggerResult(
                    channels.isEmpty() ? sentTo : channels,
                    triggered.canConvertToInt() ? OptionalInt.of(triggered.asInt()) : OptionalInt.empty());
        } catch (MalformedResponseException ex) {
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
        JsonNode response = object(body).path("channels");
        if (!response.isMissingNode() && !response.isObject()) {
            throw new MalformedResponseException("channels is not an object");
        }
        // only occupied channels are listed
        response.properties().forEach(channel -> channels.put(channel.getKey(), channelInfo(channel.getValue(), true)));
        return Collections.unmodifiableMap(channels);
    }

    /**
     * Parses the response to a query of users.
     * @param body the bytes
     * @return the users
     */
    public static List<PresenceUser> users(byte[] body) {
        List<PresenceUser> users = new ArrayList<>();
        JsonNode response = object(body).path("users");
        if (!response.isMissingNode() && !response.isArray()) {
            throw new MalformedResponseException("users is not a list");
        }
        for (JsonNode user : response) {
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
        JsonNode response = object(body);
        return new ChannelAuthorization(required(response, "auth"), Fields.json(response, "channel_data"));
    }

    /**
     * Parses a client token.
     * @param body the bytes
     * @return the token
     */
    public static ClientToken clientToken(byte[] body) {
        JsonNode response = object(body);
        Integer expiresIn = Fields.number(response, "expiresIn", "expires_in");
        return new ClientToken(
                required(response, "accessToken", "access_token"),
                Fields.text(response, "tokenType", "token_type"),
                expiresIn == null ? null : Duration.ofSeconds(expiresIn),
                Fields.text(response, "tenantId", "tenant_id"));
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
        JsonNode response;
        try {
            response = JSON.readTree(body);
        } catch (JacksonException ex) {
            throw new MalformedResponseException("it is not JSON", ex);
        }
        if (!response.isObject()) {
            throw new MalformedResponseException("it is not a JSON object");
        }
        return response;
    }

    private static String required(JsonNode object, String... names) {
        String text = Fields.text(object, names);
        if (text == null || text.isEmpty()) {
            throw new MalformedResponseException("it has no " + names[0]);
        }
        return text;
    }
}
