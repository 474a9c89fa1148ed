package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.crypto.ChannelSigner;
import tools.jackson.databind.node.ObjectNode;

/** Sockets that are subscribed to a channel as a member, authorized by the engine. */
final class PresenceSocket {

    private PresenceSocket() {}

    static TestSocket join(EmbeddedLatteStreamServer engine, String channel, String userId) {
        TestSocket socket = TestSocket.connect(engine);
        requestToJoin(engine, socket, channel, userId);
        assertThat(socket.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
        return socket;
    }

    static void requestToJoin(EmbeddedLatteStreamServer engine, TestSocket socket, String channel, String userId) {
        requestToJoin(socket, channel, authorize(engine, socket.socketId(), channel, userId));
    }

    static void requestToJoin(TestSocket socket, String channel, ChannelAuthorization authorization) {
        ObjectNode frame = SignedCall.json().put("event", "lattestream:subscribe");
        ObjectNode data = frame.putObject("data").put("channel", channel).put("auth", authorization.auth());
        if (authorization.channelData() != null) {
            data.put("channel_data", authorization.channelData());
        }
        socket.send(frame.toString());
    }

    /** Requests an authorization from the engine, as the server of an application does. */
    static ChannelAuthorization authorize(
            EmbeddedLatteStreamServer engine, String socketId, String channel, String userId) {
        ObjectNode request = SignedCall.json().put("socket_id", socketId).put("channel_name", channel);
        request.putObject("channel_data")
                .put("user_id", userId)
                .putObject("user_info")
                .put("name", userId + "!");
        var response = SignedCall.parse(
                SignedCall.post(engine, "/auth", request.toString()).send().body());
        return new ChannelAuthorization(
                response.path("auth").stringValue(),
                response.path("channel_data").stringValue());
    }

    /** Signs an authorization locally. */
    static ChannelAuthorization sign(EmbeddedLatteStreamServer engine, String socketId, String channel) {
        return new ChannelSigner(engine.secret()).authorizeChannel(socketId, channel);
    }
}
