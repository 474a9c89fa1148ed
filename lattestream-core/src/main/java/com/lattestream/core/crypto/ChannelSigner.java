package com.lattestream.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelName;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.SocketId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Authorizes subscriptions locally, without a call to the service:
 * {@code auth = socketId:hex(HMAC-SHA256(key, socketId:channel[:channelData]))}. It decides nothing: ask it only for
 * what the user may have. Thread-safe.
 */
public final class ChannelSigner {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HmacSha256 hmac;

    private final Clock clock;

    /**
     * Creates a signer.
     * @param key the key to sign with: the application's secret
     * @throws IllegalArgumentException if the key is null or empty
     */
    public ChannelSigner(@Nullable String key) {
        this(key, Clock.systemUTC());
    }

    ChannelSigner(@Nullable String key, Clock clock) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("The key that channels are signed with must not be null or empty");
        }
        this.hmac = new HmacSha256(key);
        this.clock = clock;
    }

    /**
     * Authorizes a subscription without a member.
     * @param socketId the id of the browser's connection, two hexadecimal numbers with a dot between
     * @param channel a private or presence channel
     * @return what the browser hands to the service
     * @throws IllegalArgumentException if the socket id or the channel is not such
     */
    public ChannelAuthorization authorizeChannel(@Nullable String socketId, @Nullable String channel) {
        String id = SocketId.requireSignable(socketId);
        return new ChannelAuthorization(sign(id, ChannelName.requireAuthorizable(channel), null), null);
    }

    /**
     * Authorizes a subscription to a presence channel.
     * @param socketId the id of the browser's connection, two hexadecimal numbers with a dot between
     * @param channel a presence channel
     * @param member who joins
     * @return what the browser hands to the service, with the member as {@code channel_data}
     * @throws IllegalArgumentException if the socket id or the channel is not such, there is no member, or its user
     * info cannot be written as JSON
     */
    public ChannelAuthorization authorizePresenceChannel(
            @Nullable String socketId, @Nullable String channel, @Nullable PresenceMember member) {
        String id = SocketId.requireSignable(socketId);
        String name = ChannelName.requirePresence(channel);
        if (member == null) {
            throw new IllegalArgumentException("A presence channel needs a member");
        }
        String channelData = json(member, "The member's user info");
        return new ChannelAuthorization(sign(id, name, channelData), channelData);
    }

    /**
     * Signs who the user of a connection is: the pseudo-channel {@code user-auth} with
     * {@code {"socket_id","user_data","timestamp"}} as its data.
     * @param socketId the id of the browser's connection, two hexadecimal numbers with a dot between
     * @param userData anything that can be written as JSON; null leaves {@code user_data} out
     * @return {@code socketId:signature}
     * @throws IllegalArgumentException if the socket id is not such or the data cannot be written as JSON
     */
    public String authenticateUser(@Nullable String socketId, @Nullable Object userData) {
        String id = SocketId.requireSignable(socketId);
        Map<String, Object> signed = new LinkedHashMap<>();
        signed.put("socket_id", id);
        if (userData != null) {
            signed.put("user_data", userData);
        }
        signed.put("timestamp", clock.millis());
        return sign(id, "user-auth", json(signed, "The user data"));
    }

    /**
     * Tells, in constant time, whether an authorization was signed with this key. Never throws.
     * @param auth the authorization, {@code socketId:signature}; null is never valid
     * @param channel the channel that it is shown for
     * @param channelData the member's JSON exactly as the browser has it; null or empty for none
     * @return whether it is valid for this channel and this data
     */
    public boolean verify(@Nullable String auth, @Nullable String channel, @Nullable String channelData) {
        if (auth == null || channel == null) {
            return false;
        }
        String[] parts = auth.split(":", -1);
        return parts.length >= 2 && hmac.verify(parts[1], text(parts[0], channel, channelData));
    }

    String sign(String socketId, String channel, @Nullable String channelData) {
        return socketId + ":" + hmac.sign(text(socketId, channel, channelData));
    }

    private static byte[] text(String socketId, String channel, @Nullable String channelData) {
        String signed = socketId + ":" + channel;
        if (channelData != null && !channelData.isEmpty()) {
            signed += ":" + channelData;
        }
        return signed.getBytes(UTF_8);
    }

    private static String json(Object value, String what) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(what + " cannot be written as JSON: " + ex.getOriginalMessage(), ex);
        }
    }
}
