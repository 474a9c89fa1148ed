package com.lattestream.test.internal.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users on a channel. A user is there once, with however many connections; what the first of them said of the user
 * is what others see. Not thread-safe.
 */
final class Members {

    private final Map<String, Member> members = new LinkedHashMap<>();

    private final Map<String, Set<Subscriber>> connections = new HashMap<>();

    private final Map<Subscriber, String> users = new HashMap<>();

    /** Returns whether it is the user's first connection. */
    boolean enter(Subscriber subscriber, Member member) {
        users.put(subscriber, member.id());
        connections.computeIfAbsent(member.id(), id -> new LinkedHashSet<>()).add(subscriber);
        return members.putIfAbsent(member.id(), member) == null;
    }

    /** Returns whose last connection it was; null if it was nobody's, or the user has others. */
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

    /** Returns all of them in the order in which they came; a view. */
    Collection<Member> all() {
        return members.values();
    }
}
