package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.channel.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Does what the frames of a connected client ask for. What cannot be done is answered with {@code lattestream:error}
 * and otherwise ignored. The socket stays open, for the browser client would only come back with the same frame.
 */
final class ClientFrames {

    private static final String BATCH = "lattestream:batch";

    private static final int MAX_BATCH = 100;

    private final SubscribeFrames subscribes;

    private final ClientEventFrames clientEvents;

    private final Channels channels;

    ClientFrames(SubscriptionAccess access, Channels channels, Limits limits) {
        this.subscribes = new SubscribeFrames(access, channels);
        this.clientEvents = new ClientEventFrames(channels, limits);
        this.channels = channels;
    }

    void receive(String text, Connection connection) {
        JsonNode frame = JsonFrame.read(text);
        if (frame == null) {
            refuse("A frame must be a JSON object", connection);
        } else if (BATCH.equals(JsonFrame.event(frame))) {
            unpack(frame.path("data").path("messages"), connection);
        } else {
            obey(frame, connection);
        }
        connection.flush();
    }

    /** Answers a binary frame, of which the protocol has none in this direction. */
    void receiveBinary(Connection connection) {
        refuse("Only text frames are understood here", connection);
        connection.flush();
    }

    private void unpack(JsonNode messages, Connection connection) {
        if (messages.isArray() && messages.size() <= MAX_BATCH) {
            messages.forEach(frame -> obey(frame, connection));
        } else {
            refuse(BATCH + " must have data.messages, an array of at most " + MAX_BATCH + " frames", connection);
        }
    }

    private void obey(JsonNode frame, Connection connection) {
        switch (JsonFrame.event(frame)) {
            case "lattestream:subscribe" -> subscribes.receive(frame, connection);
            case "lattestream:unsubscribe" ->
                channels.unsubscribe(frame.path("data").path("channel").stringValue(""), connection);
            case "lattestream:ping" -> connection.enqueue(ServerFrames.PONG);
            default -> clientEvents.receive(frame, connection);
        }
    }

    private static void refuse(String message, Connection connection) {
        connection.enqueue(ServerFrames.error(new Refusal(Refusal.BAD_REQUEST, message)));
    }
}
