package com.lattestream.test.internal.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users on a channel. A user with several connections is counted once; the info of the first connection applies.
 * Not thread-safe.
 */
final class Members {

    private final Map<String, Member> members = new LinkedHashMap<>();

    private final Map<String, Set<Subscriber>> connections = new HashMap<>();

    private final Map<Subscriber, String> users = new HashMap<>();

    /** Adds a connection and returns whether it is the first one of its user. */
    boolean enter(Subscriber subscriber, Member member) {
        users.put(subscriber, member.id());
        connections.computeIfAbsent(member.id(), id -> new LinkedHashSet<>()).add(subscriber);
        return members.putIfAbsent(member.id(), member) == null;
    }

    /** Removes a connection. Returns the id of its user if it was the last one of this user; otherwise null. */
    @Nullable String leave(Subscriber subscriber) {
        String userId = users.remove(subscriber);
        if (userId == null) {
            return null;
        }
        Set<Subscriber> others = connectionsOf(userId);
        others.remove(subscriber);
        if (!others.isEmpty()) {
            return null;
        }
        connections.remove(userId);
        members.remove(userId);
        return userId;
    }

    @Nullable String userOf(Subscriber subscriber) {
        return users.get(subscriber);
    }

    Set<Subscriber> connectionsOf(String userId) {
        return connections.getOrDefault(userId, Set.of());
    }

    /** Returns a view of the members, in the order of their first connections. */
    Collection<Member> all() {
        return members.values();
    }
}
