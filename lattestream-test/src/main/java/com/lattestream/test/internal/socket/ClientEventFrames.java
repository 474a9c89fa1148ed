package com.lattestream.test.internal.socket;

import com.lattestream.core.ChannelName;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.channel.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Relays client events. The browser client does not validate them, so they are validated completely here. */
final class ClientEventFrames {

    private static final int MAX_NAME_LENGTH = 200;

    private final Channels channels;

    private final Limits limits;

    ClientEventFrames(Channels channels, Limits limits) {
        this.channels = channels;
        this.limits = limits;
    }

    void receive(JsonNode frame, Connection connection) {
        Refusal refusal = refusal(frame);
        if (refusal == null
                && !channels.relay(channel(frame), JsonFrame.event(frame), frame.path("data"), connection)) {
            refusal = new Refusal(Refusal.FORBIDDEN, "A client event requires a subscription to its channel");
        }
        if (refusal != null) {
            connection.enqueue(ServerFrames.error(refusal));
        }
    }

    private @Nullable Refusal refusal(JsonNode frame) {
        String event = JsonFrame.event(frame);
        if (!event.startsWith("client-") || !ChannelName.isAuthorizable(channel(frame))) {
            return new Refusal(
                    Refusal.BAD_REQUEST,
                    "Only subscribe, unsubscribe, ping, client-... events on private and presence channels, and"
                            + " batches of these are supported");
        }
        if (event.length() > MAX_NAME_LENGTH) {
            return new Refusal(
                    Refusal.BAD_REQUEST,
                    "The name of an event must have at most " + MAX_NAME_LENGTH + " characters, not " + event.length());
        }
        JsonNode data = frame.path("data");
        return data.isMissingNode() || limits.allowsPayload(data.toString())
                ? null
                : new Refusal(Refusal.TOO_LARGE, limits.payloadRule());
    }

    private static String channel(JsonNode frame) {
        return frame.path("channel").stringValue("");
    }
}
