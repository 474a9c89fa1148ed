package com.lattestream.test;

import com.lattestream.test.internal.client.ClientSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What has come to a subscriber, and waits for what will. Thread-safe: its monitor guards all of it. */
final class SubscriberState {

    private static final int MAX_SHOWN = 20;

    private final int maxUnread;

    private final Deque<SubscriberEvent> unread = new ArrayDeque<>();

    // the last ones, read or not: what a failing wait shows
    private final Deque<SubscriberEvent> recent = new ArrayDeque<>();

    private final Map<String, Map<String, JsonNode>> membersOf = new LinkedHashMap<>();

    private final Set<String> subscribed = new HashSet<>();

    private final Map<String, String> refusals = new LinkedHashMap<>();

    private @Nullable Object connection;

    private String socketId = "";

    private int closeCode;

    private String closeReason = "";

    private long dropped;

    private long pings;

    private long pongs;

    SubscriberState(int maxUnread) {
        this.maxUnread = maxUnread;
    }

    /** Begins with a new connection: what an old one still has to say is ignored. */
    synchronized ClientSocket.Listener connecting() {
        subscribed.clear();
        membersOf.clear();
        refusals.clear();
        socketId = "";
        closeCode = 0;
        closeReason = "";
        pings = 0;
        pongs = 0;
        ClientSocket.Listener listener = new ClientSocket.Listener() {

            @Override
            public void received(String text) {
                SubscriberState.this.received(this, text);
            }

            @Override
            public void closed(int code, String reason) {
                SubscriberState.this.closed(this, code, reason);
            }
        };
        connection = listener;
        return listener;
    }

    private synchronized void closed(Object from, int code, String reason) {
        if (from == connection) {
            closeCode = code;
            closeReason = reason;
            subscribed.clear();
            notifyAll();
        }
    }

    private synchronized void received(Object from, String text) {
        JsonNode frame = read(text);
        if (from == connection && frame.isObject()) {
            apply(frame);
            notifyAll();
        }
    }

    private static JsonNode read(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException ex) {
            return JsonMapper.shared().missingNode();
        }
    }

    private void apply(JsonNode frame) {
        String event = frame.path("event").asString("");
        JsonNode data = frame.path("data");
        // as the browser client finds it
        String channel = frame.path("channel").asString(data.path("channel").asString(""));
        switch (event.replaceFirst("^lattestream_internal:", "lattestream:")) {
            case "lattestream:connection_established" ->
                socketId = data.path("socket_id").asString("");
            case "lattestream:pong" -> pongs++;
            case "lattestream:subscription_succeeded" -> succeeded(channel, data);
            case "lattestream:subscription_error" ->
                refusals.put(channel, data.path("message").asString(data.toString()));
            case "lattestream:member_added" ->
                members(channel).put(data.path("id").asString(), data.path("info"));
            case "lattestream:member_removed" ->
                members(channel).remove(data.path("id").asString());
            default -> keep(SubscriberEvent.of(channel, event, data));
        }
    }

    private void succeeded(String channel, JsonNode data) {
        JsonNode present = data.isString() ? read(data.stringValue()) : data;
        Map<String, JsonNode> members = new LinkedHashMap<>();
        present.path("presence")
                .path("hash")
                .properties()
                .forEach(member -> members.put(member.getKey(), member.getValue()));
        membersOf.put(channel, members);
        subscribed.add(channel);
    }

    private Map<String, JsonNode> members(String channel) {
        return membersOf.computeIfAbsent(channel, name -> new LinkedHashMap<>());
    }

    private void keep(SubscriberEvent event) {
        recent.add(event);
        if (recent.size() > MAX_SHOWN) {
            recent.remove();
        }
        if (unread.size() == maxUnread) {
            dropped++;
        } else {
            unread.add(event);
        }
    }

    /**
     * Waits until there is something, or there will be nothing.
     * @return what there is; null if the time is over, or the connection is
     */
    synchronized <T> @Nullable T await(Duration timeout, Supplier<@Nullable T> found) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            T result = found.get();
            long left = deadline - System.nanoTime();
            if (result != null || left <= 0 || closeCode != 0) {
                return result;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    /** Takes the first unread event of a name; null if there is none. */
    synchronized @Nullable SubscriberEvent take(String channel, String name) {
        for (Iterator<SubscriberEvent> events = unread.iterator(); events.hasNext(); ) {
            SubscriberEvent event = events.next();
            if (event.channel().equals(channel) && event.name().equals(name)) {
                events.remove();
                return event;
            }
        }
        return null;
    }

    /** Finds the first unread event of a name, or that some have been dropped; null if there is neither. */
    synchronized @Nullable String unwanted(String channel, String name) {
        for (SubscriberEvent event : unread) {
            if (event.channel().equals(channel) && event.name().equals(name)) {
                return "It came: " + EventData.shown(event.data());
            }
        }
        return dropped > 0 ? "Nobody can tell." : null;
    }

    synchronized List<SubscriberEvent> unread() {
        return List.copyOf(unread);
    }

    /** Tells as whom; null for not yet, or no longer. */
    synchronized @Nullable String connectedAs() {
        return closeCode != 0 || socketId.isEmpty() ? null : socketId;
    }

    synchronized String socketId() {
        return socketId;
    }

    synchronized @Nullable Integer closeCode() {
        return closeCode == 0 ? null : closeCode;
    }

    /** Tells whether a subscription has been answered: with nothing, or with why not; null for not yet. */
    synchronized @Nullable String answer(String channel) {
        return subscribed.contains(channel) ? "" : refusals.get(channel);
    }

    synchronized boolean isSubscribed(String channel) {
        return subscribed.contains(channel);
    }

    synchronized void forget(String channel) {
        subscribed.remove(channel);
        membersOf.remove(channel);
        refusals.remove(channel);
        unread.removeIf(event -> event.channel().equals(channel));
    }

    synchronized Map<String, JsonNode> membersOf(String channel) {
        return Map.copyOf(membersOf.getOrDefault(channel, Map.of()));
    }

    /** Numbers a ping that is about to be sent; so many answers say that it was answered. */
    synchronized long nextPing() {
        return ++pings;
    }

    synchronized long pongs() {
        return pongs;
    }

    /** Says what a failing wait has to say: what came instead, and how the connection is. */
    synchronized String describe() {
        // equal events are different ones
        Set<SubscriberEvent> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.addAll(unread);
        StringBuilder text = new StringBuilder(recent.isEmpty() ? "\nNo event has come." : "\nWhat came:");
        for (SubscriberEvent event : recent) {
            boolean read = !waiting.contains(event);
            text.append("\n  '")
                    .append(event.name())
                    .append("' on ")
                    .append(event.channel())
                    .append(read ? " (read): " : ": ")
                    .append(EventData.shown(event.data()));
        }
        if (dropped > 0) {
            text.append("\n")
                    .append(dropped)
                    .append(" event(s) were dropped, as ")
                    .append(maxUnread)
                    .append(" waited to be read already.");
        }
        return text.append("\n").append(connection()).toString();
    }

    synchronized String connection() {
        if (closeCode != 0) {
            return "The connection is closed: " + closeCode + " " + closeReason;
        }
        return "Connected as " + socketId + ", subscribed to " + subscribed + ".";
    }
}
