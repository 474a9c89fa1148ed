package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Creates the frames of channels, in the format of the browser client. */
final class ChannelFrames {

    private static final String SUBSCRIBED = "lattestream_internal:subscription_succeeded";

    private ChannelFrames() {}

    static String subscribed(String channel) {
        ObjectNode frame = frame(SUBSCRIBED, channel);
        frame.putObject("data");
        return frame.toString();
    }

    /** Creates the confirmation for a new member, with all members including the new one. */
    static String joined(String channel, Iterable<Member> present, String me) {
        ObjectNode frame = frame(SUBSCRIBED, channel);
        ObjectNode presence = frame.putObject("data").putObject("presence");
        ObjectNode hash = presence.putObject("hash");
        present.forEach(member -> hash.set(member.id(), member.info()));
        presence.putObject("me").put("id", me);
        return frame.toString();
    }

    static String memberAdded(String channel, Member member) {
        ObjectNode frame = frame("lattestream_internal:member_added", channel);
        frame.putObject("data").put("id", member.id()).set("info", member.info());
        return frame.toString();
    }

    static String memberRemoved(String channel, String userId) {
        ObjectNode frame = frame("lattestream_internal:member_removed", channel);
        frame.putObject("data").put("id", userId);
        return frame.toString();
    }

    static String event(String channel, Event event) {
        ObjectNode frame = frame(event.name(), channel);
        if (event.data() != null) {
            frame.put("data", event.data().toString());
        }
        return frame.toString();
    }

    /** Creates the frame of a client event, with the data as received, if present. */
    static String clientEvent(String channel, String event, JsonNode data) {
        ObjectNode frame = frame(event, channel);
        if (!data.isMissingNode()) {
            frame.set("data", data);
        }
        return frame.toString();
    }

    private static ObjectNode frame(String event, String channel) {
        return JsonMapper.shared().createObjectNode().put("event", event).put("channel", channel);
    }
}
