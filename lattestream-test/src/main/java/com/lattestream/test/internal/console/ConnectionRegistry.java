package com.lattestream.test.internal.console;

import com.lattestream.test.internal.channel.Member;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The current connections and channels. The description is limited in size, and includes the total numbers.
 * Thread-safe.
 */
final class ConnectionRegistry {

    static final int MAX_SOCKETS = 200;

    static final int MAX_CHANNELS = 200;

    private static final int MAX_NESTED = 20;

    private static final int MAX_INFO = 200;

    private static final class Socket {

        private final long since;

        private final Set<String> channels = new LinkedHashSet<>();

        private boolean admitted;

        private @Nullable String user;

        private long received;

        private long sent;

        Socket(long since) {
            this.since = since;
        }
    }

    private final Map<String, Socket> sockets = new LinkedHashMap<>();

    // by channel and connection, the member on a presence channel
    private final Map<String, Map<String, @Nullable Member>> channels = new LinkedHashMap<>();

    private long version;

    synchronized void opened(String socketId, long now) {
        sockets.put(socketId, new Socket(now));
        version++;
    }

    synchronized void admitted(String socketId) {
        Socket socket = sockets.get(socketId);
        if (socket != null) {
            socket.admitted = true;
            version++;
        }
    }

    synchronized void received(String socketId) {
        Socket socket = sockets.get(socketId);
        if (socket != null) {
            socket.received++;
            version++;
        }
    }

    synchronized void sent(String socketId) {
        Socket socket = sockets.get(socketId);
        if (socket != null) {
            socket.sent++;
            version++;
        }
    }

    synchronized void closed(String socketId) {
        sockets.remove(socketId);
        version++;
    }

    synchronized void subscribed(String channel, String socketId, @Nullable Member member) {
        channels.computeIfAbsent(channel, name -> new LinkedHashMap<>()).put(socketId, member);
        Socket socket = sockets.get(socketId);
        if (socket != null) {
            socket.channels.add(channel);
            if (member != null) {
                socket.user = member.id();
            }
        }
        version++;
    }

    synchronized void unsubscribed(String channel, String socketId) {
        Map<String, @Nullable Member> subscriptions = channels.get(channel);
        if (subscriptions != null) {
            subscriptions.remove(socketId);
            if (subscriptions.isEmpty()) {
                channels.remove(channel);
            }
        }
        Socket socket = sockets.get(socketId);
        if (socket != null) {
            socket.channels.remove(channel);
        }
        version++;
    }

    /** Returns a version number that changes with every modification. */
    synchronized long version() {
        return version;
    }

    /** Returns a description of the connections and channels. */
    synchronized ObjectNode describe() {
        ObjectNode state = JsonMapper.shared().createObjectNode();
        state.put("channelCount", channels.size());
        ArrayNode channelArray = state.putArray("channels");
        channels.entrySet().stream()
                .limit(MAX_CHANNELS)
                .forEach(channel -> describe(channelArray.addObject(), channel.getKey(), channel.getValue()));
        state.put("socketCount", sockets.size());
        ArrayNode socketArray = state.putArray("sockets");
        sockets.entrySet().stream()
                .limit(MAX_SOCKETS)
                .forEach(socket -> describe(socketArray.addObject(), socket.getKey(), socket.getValue()));
        return state;
    }

    private static void describe(ObjectNode json, String name, Map<String, @Nullable Member> subscriptions) {
        json.put("name", name).put("subscribers", subscriptions.size());
        Map<String, Member> members = new LinkedHashMap<>();
        for (Member member : subscriptions.values()) {
            if (member != null) {
                members.putIfAbsent(member.id(), member);
            }
        }
        json.put("memberCount", members.size());
        ArrayNode memberArray = json.putArray("members");
        members.values().stream()
                .limit(MAX_NESTED)
                .forEach(member -> memberArray
                        .addObject()
                        .put("id", shortened(member.id()))
                        .put(
                                "info",
                                member.info().isNull()
                                        ? ""
                                        : shortened(member.info().toString())));
    }

    private static void describe(ObjectNode json, String id, Socket socket) {
        json.put("id", id)
                .put("since", socket.since)
                .put("admitted", socket.admitted)
                .put("user", socket.user == null ? null : shortened(socket.user))
                .put("received", socket.received)
                .put("sent", socket.sent)
                .put("channelCount", socket.channels.size());
        ArrayNode names = json.putArray("channels");
        socket.channels.stream().limit(MAX_NESTED).forEach(names::add);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_INFO ? text : text.substring(0, MAX_INFO) + "…";
    }
}
