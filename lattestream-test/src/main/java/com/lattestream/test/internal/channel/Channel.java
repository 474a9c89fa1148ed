package com.lattestream.test.internal.channel;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel that somebody is subscribed to. A user is there once, with however many connections; what the first of them
 * said of the user is what others see. Not thread-safe.
 */
final class Channel {

    private final String name;

    private final ChannelObserver observer;

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    // of a presence channel: who is there, and which connection is whose
    private final Map<String, Member> present = new LinkedHashMap<>();

    private final Map<Subscriber, String> users = new LinkedHashMap<>();

    Channel(String name, ChannelObserver observer) {
        this.name = name;
        this.observer = observer;
    }

    Set<Subscriber> subscribers() {
        return subscribers;
    }

    boolean isEmpty() {
        return subscribers.isEmpty();
    }

    @Nullable String userOf(Subscriber subscriber) {
        return users.get(subscriber);
    }

    /** Subscribes, and says so; returns the others that have been told of a new member. */
    Set<Subscriber> add(Subscriber subscriber, @Nullable Member member, String confirmation) {
        boolean first = subscribers.isEmpty();
        boolean added = subscribers.add(subscriber);
        Set<Subscriber> told = Set.of();
        if (first) {
            observer.occupied(name);
        }
        if (added) {
            told = member == null ? told : enter(subscriber, member);
            observer.subscriptionCount(name, subscribers.size());
        }
        String me = users.get(subscriber);
        subscriber.enqueue(me == null ? confirmation : PresenceFrames.succeeded(name, present.values(), me));
        return told;
    }

    private Set<Subscriber> enter(Subscriber subscriber, Member member) {
        users.put(subscriber, member.id());
        if (present.putIfAbsent(member.id(), member) != null) {
            return Set.of();
        }
        observer.memberAdded(name, member.id());
        return tell(PresenceFrames.added(name, member), subscriber);
    }

    /** Ends a subscription, if there is one; returns the others that have been told of a member who left. */
    Set<Subscriber> remove(Subscriber subscriber) {
        if (!subscribers.remove(subscriber)) {
            return Set.of();
        }
        observer.subscriptionCount(name, subscribers.size());
        String userId = users.remove(subscriber);
        Set<Subscriber> told = userId == null || users.containsValue(userId) ? Set.of() : leave(userId);
        if (subscribers.isEmpty()) {
            observer.vacated(name);
        }
        return told;
    }

    private Set<Subscriber> leave(String userId) {
        present.remove(userId);
        observer.memberRemoved(name, userId);
        return tell(PresenceFrames.removed(name, userId), null);
    }

    /** Queues a frame for all but one; returns these. */
    Set<Subscriber> tell(String frame, @Nullable Subscriber except) {
        Set<Subscriber> told = new LinkedHashSet<>(subscribers);
        if (except != null) {
            told.remove(except);
        }
        told.forEach(each -> each.enqueue(frame));
        return told;
    }
}
