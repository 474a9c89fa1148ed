package com.lattestream.test.internal.socket;

import com.lattestream.core.Event;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Member;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what the frames of a connected client ask for. What cannot be done is answered with {@code lattestream:error}
 * and otherwise ignored. The socket stays open, for the browser client would only come back with the same frame.
 */
final class ClientFrames {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String BATCH = "lattestream:batch";

    private static final int MAX_BATCH = 100;

    private final SubscriptionAccess access;

    private final Channels channels;

    ClientFrames(SubscriptionAccess access, Channels channels) {
        this.access = access;
        this.channels = channels;
    }

    /** Reads a JSON object; null if the text is none. */
    static @Nullable JsonNode read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isObject() ? json : null;
        } catch (JacksonException ex) {
            return null;
        }
    }

    void receive(String text, Connection connection) {
        JsonNode frame = read(text);
        if (frame == null) {
            connection.enqueue(ServerFrames.error("A frame must be a JSON object"));
        } else if (BATCH.equals(event(frame))) {
            unpack(frame.path("data").path("messages"), connection);
        } else {
            obey(frame, connection);
        }
        connection.flush();
    }

    private void unpack(JsonNode messages, Connection connection) {
        if (!messages.isArray() || messages.size() > MAX_BATCH) {
            connection.enqueue(ServerFrames.error(
                    BATCH + " must have data.messages, an array of at most " + MAX_BATCH + " frames"));
            return;
        }
        messages.forEach(frame -> obey(frame, connection));
    }

    private void obey(JsonNode frame, Connection connection) {
        switch (event(frame)) {
            case "lattestream:subscribe" -> subscribe(frame, connection);
            case "lattestream:unsubscribe" -> channels.unsubscribe(channel(frame), connection);
            case "lattestream:ping" -> connection.enqueue(ServerFrames.PONG);
            default -> clientEvent(frame, connection);
        }
    }

    private void clientEvent(JsonNode frame, Connection connection) {
        String channel = frame.path("channel").stringValue("");
        if (!event(frame).startsWith("client-") || !isRestricted(channel)) {
            connection.enqueue(ServerFrames.error("Only subscribe, unsubscribe, ping, client-... events on private and"
                    + " presence channels, and batches of these are understood here"));
        } else if (!channels.relay(channel, event(frame), frame.path("data"), connection)) {
            connection.enqueue(ServerFrames.error("A client event is only for who is subscribed to its channel"));
        }
    }

    private void subscribe(JsonNode frame, Connection connection) {
        String channel = channel(frame);
        JsonNode data = frame.path("data");
        Member member = channel.startsWith("presence-") ? member(data) : null;
        String problem = problem(channel, data, member, connection);
        if (problem == null) {
            channels.subscribe(channel, connection, member);
        } else {
            connection.enqueue(ServerFrames.subscriptionError(channel, problem));
        }
    }

    private @Nullable String problem(String channel, JsonNode data, @Nullable Member member, Connection connection) {
        try {
            // the rules for names belong to the client library, where an event is what checks them
            Event.of(channel, "subscribe", null);
        } catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
        if (isRestricted(channel) && !isAuthorized(channel, data, connection)) {
            return "The auth shown is not one for this connection and " + channel;
        }
        return channel.startsWith("presence-") && member == null ? "channel_data must have a user_id" : null;
    }

    // whom it names is only to be believed after it has been verified
    private static @Nullable Member member(JsonNode data) {
        String text = channelData(data);
        JsonNode json = text == null ? null : read(text);
        JsonNode id = json == null ? null : json.get("user_id");
        if (json == null || id == null || !id.isValueNode() || id.asString("").isEmpty()) {
            return null;
        }
        JsonNode info = json.get("user_info");
        return new Member(id.asString(), info == null ? JSON.nullNode() : info);
    }

    // the text that was signed: browsers pass it on as they got it
    private static @Nullable String channelData(JsonNode data) {
        JsonNode value = data.path("channel_data");
        return value.isObject() ? value.toString() : value.stringValue(null);
    }

    private static boolean isRestricted(String channel) {
        return channel.startsWith("private-") || channel.startsWith("presence-");
    }

    private boolean isAuthorized(String channel, JsonNode data, Connection connection) {
        return access.accepts(connection.socketId(), channel, data.path("auth").stringValue(""), channelData(data));
    }

    private static String event(JsonNode frame) {
        return frame.path("event").stringValue("");
    }

    private static String channel(JsonNode frame) {
        return frame.path("data").path("channel").stringValue("");
    }
}
