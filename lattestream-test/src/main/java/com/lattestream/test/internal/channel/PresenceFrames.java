package com.lattestream.test.internal.channel;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The frames about members, in the form that the browser client digests. */
final class PresenceFrames {

    private PresenceFrames() {}

    /** Tells who joins that they have, and who is there, themselves included. */
    static String succeeded(String channel, Iterable<Member> present, String me) {
        ObjectNode frame = frame("lattestream_internal:subscription_succeeded", channel);
        ObjectNode presence = frame.putObject("data").putObject("presence");
        ObjectNode hash = presence.putObject("hash");
        present.forEach(member -> hash.set(member.id(), member.info()));
        presence.putObject("me").put("id", me);
        return frame.toString();
    }

    static String added(String channel, Member member) {
        ObjectNode frame = frame("lattestream_internal:member_added", channel);
        frame.putObject("data").put("id", member.id()).set("info", member.info());
        return frame.toString();
    }

    static String removed(String channel, String userId) {
        ObjectNode frame = frame("lattestream_internal:member_removed", channel);
        frame.putObject("data").put("id", userId);
        return frame.toString();
    }

    private static ObjectNode frame(String event, String channel) {
        return JsonMapper.shared().createObjectNode().put("event", event).put("channel", channel);
    }
}
