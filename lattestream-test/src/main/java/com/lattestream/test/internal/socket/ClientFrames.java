package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.channel.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Processes the frames of an authenticated client. The response to a frame that cannot be processed is
 * {@code lattestream:error}; the frame is otherwise ignored. The socket stays open, because the browser client would reconnect
 * and send the same frame again.
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
            handleBatch(frame.path("data").path("messages"), connection);
        } else {
            handle(frame, connection);
        }
        connection.flush();
    }

    /** Rejects a binary frame; the protocol defines only text frames from clients. */
    void receiveBinary(Connection connection) {
        refuse("Only text frames are supported", connection);
        connection.flush();
    }

    private void handleBatch(JsonNode messages, Connection connection) {
        if (messages.isArray() && messages.size() <= MAX_BATCH) {
            messages.forEach(frame -> handle(frame, connection));
        } else {
            refuse(BATCH + " must have data.messages, an array of at most " + MAX_BATCH + " frames", connection);
        }
    }

    private void handle(JsonNode frame, Connection connection) {
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
