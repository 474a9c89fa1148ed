package com.lattestream.test.internal.socket;

import com.lattestream.core.Event;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what the frames of a connected client ask for. What cannot be done is answered with {@code lattestream:error}
 * and otherwise ignored, client events among it: public channels do not take them. The socket stays open, for the
 * browser client would only come back with the same frame.
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
            default ->
                connection.enqueue(
                        ServerFrames.error("Only subscribe, unsubscribe, ping and batches of them are understood here;"
                                + " public channels take no client events"));
        }
    }

    private void subscribe(JsonNode frame, Connection connection) {
        String channel = channel(frame);
        String problem = problem(channel, frame.path("data"), connection);
        if (problem == null) {
            channels.subscribe(channel, connection, ServerFrames.subscriptionSucceeded(channel));
        } else {
            connection.enqueue(ServerFrames.subscriptionError(channel, problem));
        }
    }

    private @Nullable String problem(String channel, JsonNode data, Connection connection) {
        try {
            // the rules for names belong to the client library, where an event is what checks them
            Event.of(channel, "subscribe", null);
        } catch (IllegalArgumentException ex) {
            return ex.getMessage();
        }
        if (channel.startsWith("presence-")) {
            return "This engine serves public and private channels only: it cannot tell who is on " + channel;
        }
        return channel.startsWith("private-") && !isAuthorized(channel, data, connection)
                ? "The auth shown is not one for this connection and " + channel
                : null;
    }

    private boolean isAuthorized(String channel, JsonNode data, Connection connection) {
        return access.accepts(
                connection.socketId(),
                channel,
                data.path("auth").stringValue(""),
                data.path("channel_data").stringValue(null));
    }

    private static String event(JsonNode frame) {
        return frame.path("event").stringValue("");
    }

    private static String channel(JsonNode frame) {
        return frame.path("data").path("channel").stringValue("");
    }
}
