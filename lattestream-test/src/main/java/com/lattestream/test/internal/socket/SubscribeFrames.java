package com.lattestream.test.internal.socket;

import com.lattestream.core.ChannelName;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.ChannelNames;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Member;
import com.lattestream.test.internal.channel.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Processes subscriptions. Every request has a response; a refusal does not change existing subscriptions. */
final class SubscribeFrames {

    private final SubscriptionAccess access;

    private final Channels channels;

    SubscribeFrames(SubscriptionAccess access, Channels channels) {
        this.access = access;
        this.channels = channels;
    }

    void receive(JsonNode frame, Connection connection) {
        JsonNode data = frame.path("data");
        String channel = data.path("channel").stringValue("");
        Member member = ChannelName.isAuthorizable(channel) ? member(data) : null;
        Refusal refusal = refusal(channel, data, member, connection);
        if (refusal == null) {
            refusal = channels.subscribe(channel, connection, member);
        }
        if (refusal != null) {
            connection.enqueue(ServerFrames.subscriptionError(channel, refusal));
        }
    }

    private @Nullable Refusal refusal(String channel, JsonNode data, @Nullable Member member, Connection connection) {
        String problem = ChannelNames.problem(channel);
        if (problem != null) {
            return new Refusal(Refusal.BAD_REQUEST, problem);
        }
        if (ChannelName.isAuthorizable(channel) && !isAuthorized(channel, data, connection)) {
            return new Refusal(Refusal.UNAUTHORIZED, "The auth is not valid for this connection and " + channel);
        }
        return ChannelName.isPresence(channel) && member == null
                ? new Refusal(Refusal.BAD_REQUEST, "channel_data must have a user_id")
                : null;
    }

    // not to be trusted before the signature has been verified
    private static @Nullable Member member(JsonNode data) {
        String text = channelData(data);
        JsonNode json = text == null ? null : JsonFrame.read(text);
        JsonNode id = json == null ? null : json.get("user_id");
        if (json == null || id == null || !id.isValueNode() || id.asString("").isEmpty()) {
            return null;
        }
        JsonNode info = json.get("user_info");
        return new Member(id.asString(), info == null ? JsonMapper.shared().nullNode() : info);
    }

    // the signed text, which browsers pass on unchanged
    private static @Nullable String channelData(JsonNode data) {
        JsonNode value = data.path("channel_data");
        return value.isObject() ? value.toString() : value.stringValue(null);
    }

    private boolean isAuthorized(String channel, JsonNode data, Connection connection) {
        return access.accepts(connection.socketId(), channel, data.path("auth").stringValue(""), channelData(data));
    }
}
