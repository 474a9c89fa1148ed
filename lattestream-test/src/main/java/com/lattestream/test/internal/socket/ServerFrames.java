package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.channel.Refusal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The frames that the engine itself says of connections and of what it refuses, in the form that the browser client digests. */
final class ServerFrames {

    static final String PONG = frame("lattestream:pong").toString();

    private ServerFrames() {}

    static String connectionEstablished(String socketId) {
        ObjectNode frame = frame("lattestream:connection_established");
        // an object: as a JSON text the client would not find its id in it
        frame.putObject("data").put("socket_id", socketId);
        return frame.toString();
    }

    static String subscriptionError(String channel, Refusal refusal) {
        ObjectNode frame = frame("lattestream:subscription_error").put("channel", channel);
        return with(refusal, frame);
    }

    /** Names no channel: the client would look for the channel then, instead of showing the error. */
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
