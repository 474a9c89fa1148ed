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

    boolean has(Subscriber subscriber) {
        return subscribers.contains(subscriber);
    }

    boolean isEmpty() {
        return subscribers.isEmpty();
    }

    @Nullable String userOf(Subscriber subscriber) {
        return users.get(subscriber);
    }

    /**
     * Subscribes, and says so.
     * @param subscriber who subscribes
     * @param member as whom, on a presence channel
     * @param told gets the others that are told of a new member
     */
    void add(Subscriber subscriber, @Nullable Member member, Set<Subscriber> told) {
        if (isEmpty()) {
            observer.occupied(name);
        }
        if (subscribers.add(subscriber)) {
            if (member != null) {
                enter(subscriber, member, told);
            }
            observer.subscriptionCount(name, subscribers.size());
        }
        String me = users.get(subscriber);
        subscriber.enqueue(
                me == null ? ChannelFrames.subscribed(name) : ChannelFrames.joined(name, present.values(), me));
    }

    private void enter(Subscriber subscriber, Member member, Set<Subscriber> told) {
        users.put(subscriber, member.id());
        if (present.putIfAbsent(member.id(), member) == null) {
            observer.memberAdded(name, member.id());
            tell(ChannelFrames.memberAdded(name, member), subscriber.socketId(), told);
        }
    }

    /**
     * Ends a subscription, if there is one.
     * @param subscriber who was subscribed
     * @param told gets the others that are told of a member who left
     */
    void remove(Subscriber subscriber, Set<Subscriber> told) {
        if (!subscribers.remove(subscriber)) {
            return;
        }
        observer.subscriptionCount(name, subscribers.size());
        String userId = users.remove(subscriber);
        if (userId != null && !users.containsValue(userId)) {
            present.remove(userId);
            observer.memberRemoved(name, userId);
            tell(ChannelFrames.memberRemoved(name, userId), null, told);
        }
        if (isEmpty()) {
            observer.vacated(name);
        }
    }

    /**
     * Queues a frame for all but one.
     * @param frame JSON text
     * @param exceptSocketId the connection that is left out; null for none
     * @param told gets those for whom it was queued
     */
    void tell(String frame, @Nullable String exceptSocketId, Set<Subscriber> told) {
        for (Subscriber subscriber : subscribers) {
            if (!subscriber.socketId().equals(exceptSocketId)) {
                subscriber.enqueue(frame);
                told.add(subscriber);
            }
        }
    }
}
