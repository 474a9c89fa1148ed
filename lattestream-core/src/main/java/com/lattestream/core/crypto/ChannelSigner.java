package com.lattestream.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelName;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.SocketId;
import com.lattestream.core.internal.wire.ChannelDataWriter;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Authorizes subscriptions locally, without a call to the service:
 * {@code auth = socketId:hex(HMAC-SHA256(key, socketId:channel[:channelData]))}. Permissions are not checked: call it
 * only for users who may subscribe. Thread-safe.
 */
public final class ChannelSigner {

    private static final String USER_AUTHENTICATION = "user-auth";

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    private final HmacSha256 hmac;

    private final ChannelDataWriter channelData;

    private final Clock clock;

    /**
     * Creates a signer that writes user info and user data with Jackson's defaults.
     * @param key the key to sign with: the application's secret
     * @throws IllegalArgumentException if the key is null or empty, or has white space, control characters or invisible
     * characters; the message does not contain the value
     */
    public ChannelSigner(String key) {
        this(key, JsonMapper.builder().build());
    }

    /**
     * Creates a signer.
     * @param key the key to sign with: the application's secret
     * @param jsonMapper writes user info and user data. With the mapper of a
     * {@link com.lattestream.core.LatteStreamClient LatteStreamClient}, the {@code channel_data} has the same bytes as
     * what that client sends to the service
     * @throws IllegalArgumentException if the key is null or empty, or has white space, control characters or invisible
     * characters; the message does not contain the value
     */
    public ChannelSigner(String key, JsonMapper jsonMapper) {
        this(key, jsonMapper, Clock.systemUTC());
    }

    ChannelSigner(String key, JsonMapper jsonMapper, Clock clock) {
        this.hmac = new HmacSha256(SecretText.require("The key that channels are signed with", key));
        this.channelData = new ChannelDataWriter(jsonMapper);
        this.clock = clock;
    }

    /**
     * Authorizes a subscription without a member.
     * @param socketId the id of the browser's connection, two hexadecimal numbers with a dot between
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @throws IllegalArgumentException if the socket id or the channel is not valid
     */
    public ChannelAuthorization authorizeChannel(String socketId, String channel) {
        String id = SocketId.requireSignable(socketId);
        return new ChannelAuthorization(sign(id, ChannelName.requireAuthorizable(channel), null), null);
    }

    /**
     * Authorizes a subscription to a presence channel.
     * @param socketId the id of the browser's connection, two hexadecimal numbers with a dot between
     * @param channel a presence channel
     * @param member the member who joins
     * @return the authorization for the browser, with the member as {@code channel_data}
     * @throws IllegalArgumentException if the socket id or the channel is not valid, there is no member, or its user
     * info cannot be serialized to JSON
     */
    public ChannelAuthorization authorizePresenceChannel(String socketId, String channel, PresenceMember member) {
        String id = SocketId.requireSignable(socketId);
        String name = ChannelName.requirePresence(channel);
        if (member == null) {
            throw new IllegalArgumentException("A presence channel requires a member");
        }
        String data = channelData.member(member);
        return new ChannelAuthorization(sign(id, name, data), data);
    }

    /**
     * Signs the identity of a connection's user: the pseudo-channel {@code user-auth} with
     * {@code {"socket_id","user_data","timestamp"}} as its data.
     * @param socketId the id of the browser's connection, two hexadecimal numbers with a dot between
     * @param userData any value that can be serialized to JSON; null leaves {@code user_data} out
     * @return {@code socketId:signature}
     * @throws IllegalArgumentException if the socket id is not valid or the data cannot be serialized to JSON
     */
    public String authenticateUser(String socketId, @Nullable Object userData) {
        String id = SocketId.requireSignable(socketId);
        return sign(id, USER_AUTHENTICATION, channelData.user(id, userData, clock.millis()));
    }

    /**
     * Returns, in constant time, whether an authorization was signed with this key. Never throws.
     *
     * <p>Only one reading of the signed text is possible: the authorization must be a signable
     * {@linkplain com.lattestream.core.SocketId socket id}, a colon, and 64 lower-case hexadecimal digits, without any
     * other characters; and the channel must have a {@linkplain ChannelName valid name}, which cannot contain a colon.
     * @param auth the authorization, {@code socketId:signature}; null is never valid
     * @param channel the private or presence channel that it is presented for, or {@code user-auth} for a result of
     * {@link #authenticateUser}; other channels are never valid
     * @param channelData the member's JSON exactly as the browser has it; null or empty for none
     * @return whether it is valid for this channel and this data
     */
    public boolean verify(@Nullable String auth, @Nullable String channel, @Nullable String channelData) {
        if (auth == null || channel == null || !isSigned(channel) || !isUnambiguous(channelData)) {
            return false;
        }
        int colon = auth.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String socketId = auth.substring(0, colon);
        String signature = auth.substring(colon + 1);
        return SocketId.isSignable(socketId)
                && SIGNATURE.matcher(signature).matches()
                && hmac.verify(signature, text(socketId, channel, channelData));
    }

    private static boolean isSigned(String channel) {
        return (ChannelName.isValid(channel) && ChannelName.isAuthorizable(channel))
                || channel.equals(USER_AUTHENTICATION);
    }

    // half a surrogate pair is encoded as a question mark, so that two texts would have the same signature
    private static boolean isUnambiguous(@Nullable String channelData) {
        return channelData == null || UTF_8.newEncoder().canEncode(channelData);
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
}
