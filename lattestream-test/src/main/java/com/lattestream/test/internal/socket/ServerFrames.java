package com.lattestream.test.internal.socket;

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

    static String subscriptionError(String channel, String message) {
        ObjectNode frame = frame("lattestream:subscription_error").put("channel", channel);
        frame.putObject("data").put("message", message);
        return frame.toString();
    }

    /** Names no channel: the client would look for the channel then, instead of showing the error. */
    static String error(String message) {
        ObjectNode frame = frame("lattestream:error");
        frame.putObject("data").put("message", message);
        return frame.toString();
    }

    private static ObjectNode frame(String event) {
        return JsonMapper.shared().createObjectNode().put("event", event);
    }
}
