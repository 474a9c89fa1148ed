package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.channel.Refusal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Creates the frames of the engine about connections and errors, in the format of the browser client. */
final class ServerFrames {

    static final String PONG = frame("lattestream:pong").toString();

    private ServerFrames() {}

    static String connectionEstablished(String socketId) {
        ObjectNode frame = frame("lattestream:connection_established");
        // an object rather than a JSON text, in which the client would not find the id
        frame.putObject("data").put("socket_id", socketId);
        return frame.toString();
    }

    static String subscriptionError(String channel, Refusal refusal) {
        ObjectNode frame = frame("lattestream:subscription_error").put("channel", channel);
        return with(refusal, frame);
    }

    /**
     * Creates an error without a channel. With a channel, the client would look up the channel instead of reporting the
     * error.
     */
    static String error(Refusal refusal) {
        return with(refusal, frame("lattestream:error"));
    }

    private static String with(Refusal refusal, ObjectNode frame) {
        frame.putObject("data").put("code", refusal.code()).put("message", refusal.message());
        return frame.toString();
    }

    private static ObjectNode frame(String event) {
        return JsonMapper.shared().createObjectNode().put("event", event);
    }
}
