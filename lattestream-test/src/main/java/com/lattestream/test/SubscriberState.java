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

/**
 * State of a subscriber: received events and subscriptions. Methods can wait for changes. Thread-safe: the monitor of
 * this object guards all fields.
 */
final class SubscriberState {

    private static final int MAX_LISTED = 20;

    private final int maxUnread;

    private final Deque<SubscriberEvent> unread = new ArrayDeque<>();

    // the most recent events, read or unread, for the messages of failed waits
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

    /** Starts a new connection. Frames of an earlier connection are ignored from now on. */
    synchronized ClientSocket.Listener startConnection() {
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
        // in the same way as the browser client determines the channel
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
            default -> addUnread(SubscriberEvent.of(channel, event, data));
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

    private void addUnread(SubscriberEvent event) {
        recent.add(event);
        if (recent.size() > MAX_LISTED) {
            recent.remove();
        }
        if (unread.size() == maxUnread) {
            dropped++;
        } else {
            unread.add(event);
        }
    }

    /**
     * Waits until the supplier returns a value, or until none can be expected.
     * @return the value; null if the timeout has elapsed or the connection is closed
     */
    synchronized <T> @Nullable T await(Duration timeout, Supplier<@Nullable T> found) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            T result = found.get();
            long remaining = deadline - System.nanoTime();
            if (result != null || remaining <= 0 || closeCode != 0) {
                return result;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, remaining);
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    /** Returns and removes the first unread event with the name; null if there is none. */
    synchronized @Nullable SubscriberEvent poll(String channel, String name) {
        for (Iterator<SubscriberEvent> events = unread.iterator(); events.hasNext(); ) {
            SubscriberEvent event = events.next();
            if (event.channel().equals(channel) && event.name().equals(name)) {
                events.remove();
                return event;
            }
        }
        return null;
    }

    /**
     * Returns a description of the first unread event with the name, or a note that events have been dropped; null if
     * neither is the case.
     */
    synchronized @Nullable String findUnexpected(String channel, String name) {
        for (SubscriberEvent event : unread) {
            if (event.channel().equals(channel) && event.name().equals(name)) {
                return "Received: " + EventData.truncated(event.data());
            }
        }
        return dropped > 0 ? "Events were dropped, so that the assertion cannot be verified." : null;
    }

    synchronized List<SubscriberEvent> unread() {
        return List.copyOf(unread);
    }

    /** Returns the id of the connection; null if it is not established or closed. */
    synchronized @Nullable String connectedSocketId() {
        return closeCode != 0 || socketId.isEmpty() ? null : socketId;
    }

    synchronized String socketId() {
        return socketId;
    }

    synchronized @Nullable Integer closeCode() {
        return closeCode == 0 ? null : closeCode;
    }

    /**
     * Returns the outcome of a subscription: empty if it succeeded, the reason if it was refused; null if the outcome
     * is pending.
     */
    synchronized @Nullable String subscriptionOutcome(String channel) {
        return subscribed.contains(channel) ? "" : refusals.get(channel);
    }

    synchronized boolean isSubscribed(String channel) {
        return subscribed.contains(channel);
    }

    synchronized void remove(String channel) {
        subscribed.remove(channel);
        membersOf.remove(channel);
        refusals.remove(channel);
        unread.removeIf(event -> event.channel().equals(channel));
    }

    synchronized Map<String, JsonNode> membersOf(String channel) {
        return Map.copyOf(membersOf.getOrDefault(channel, Map.of()));
    }

    /** Returns the number of the next ping, whose pong has arrived once {@link #pongs()} has reached this number. */
    synchronized long nextPing() {
        return ++pings;
    }

    synchronized long pongs() {
        return pongs;
    }

    /** Returns the details for the message of a failed wait: the most recent events and the state of the connection. */
    synchronized String describe() {
        // compare by identity: equal events are distinct entries
        Set<SubscriberEvent> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.addAll(unread);
        StringBuilder text = new StringBuilder(recent.isEmpty() ? "\nNo events were received." : "\nReceived events:");
        for (SubscriberEvent event : recent) {
            boolean read = !waiting.contains(event);
            text.append("\n  '")
                    .append(event.name())
                    .append("' on ")
                    .append(event.channel())
                    .append(read ? " (read): " : ": ")
                    .append(EventData.truncated(event.data()));
        }
        if (dropped > 0) {
            text.append("\n")
                    .append(dropped)
                    .append(" event(s) were dropped, because ")
                    .append(maxUnread)
                    .append(" events were unread.");
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
