package com.lattestream.test.internal.channel;

import com.lattestream.core.ChannelName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An occupied channel: a channel with at least one subscription. Not thread-safe. */
final class Channel {

    private final String name;

    private final ChannelObserver observer;

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    // also on private channels: users are known there, for terminating their connections, but not announced
    private final Members members = new Members();

    private final boolean presence;

    Channel(String name, ChannelObserver observer) {
        this.name = name;
        this.observer = observer;
        this.presence = ChannelName.isPresence(name);
    }

    boolean has(Subscriber subscriber) {
        return subscribers.contains(subscriber);
    }

    boolean isEmpty() {
        return subscribers.isEmpty();
    }

    ChannelState state() {
        return new ChannelState(subscribers.size(), presence ? members.all().size() : 0);
    }

    List<String> users() {
        return presence ? members.all().stream().map(Member::id).toList() : List.of();
    }

    @Nullable String userOf(Subscriber subscriber) {
        return members.userOf(subscriber);
    }

    Set<Subscriber> connectionsOf(String userId) {
        return members.connectionsOf(userId);
    }

    /**
     * Adds a subscription and enqueues its confirmation.
     * @param subscriber the subscriber
     * @param member the member; required on a presence channel
     * @param notified receives the other subscribers for which a frame has been enqueued
     */
    void add(Subscriber subscriber, @Nullable Member member, Set<Subscriber> notified) {
        if (isEmpty()) {
            observer.occupied(name);
        }
        if (subscribers.add(subscriber)) {
            if (member != null && members.enter(subscriber, member) && presence) {
                observer.memberAdded(name, member.id());
                enqueue(ChannelFrames.memberAdded(name, member), subscriber.socketId(), notified);
            }
            observer.subscriptionCount(name, subscribers.size());
        }
        String me = userOf(subscriber);
        subscriber.enqueue(
                presence && me != null
                        ? ChannelFrames.joined(name, members.all(), me)
                        : ChannelFrames.subscribed(name));
    }

    /**
     * Removes a subscription, if present.
     * @param subscriber the subscriber
     * @param notified receives the other subscribers for which a frame has been enqueued
     */
    void remove(Subscriber subscriber, Set<Subscriber> notified) {
        if (!subscribers.remove(subscriber)) {
            return;
        }
        observer.subscriptionCount(name, subscribers.size());
        String removedUserId = members.leave(subscriber);
        if (removedUserId != null && presence) {
            observer.memberRemoved(name, removedUserId);
            enqueue(ChannelFrames.memberRemoved(name, removedUserId), null, notified);
        }
        if (isEmpty()) {
            observer.vacated(name);
        }
    }

    /**
     * Enqueues a frame for all subscribers, except for an excluded one.
     * @param frame JSON text
     * @param exceptSocketId id of the excluded connection; null for none
     * @param notified receives the subscribers for which the frame has been enqueued
     */
    void enqueue(String frame, @Nullable String exceptSocketId, Set<Subscriber> notified) {
        for (Subscriber subscriber : subscribers) {
            if (!subscriber.socketId().equals(exceptSocketId)) {
                subscriber.enqueue(frame);
                notified.add(subscriber);
            }
        }
    }
}
