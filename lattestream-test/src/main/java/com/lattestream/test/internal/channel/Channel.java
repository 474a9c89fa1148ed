package com.lattestream.test.internal.channel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel that somebody is subscribed to. Not thread-safe. */
final class Channel {

    private final String name;

    private final ChannelObserver observer;

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    // on a private channel too: who was authorized as somebody is known there, but others are not told
    private final Members members = new Members();

    private final boolean presence;

    Channel(String name, ChannelObserver observer) {
        this.name = name;
        this.observer = observer;
        this.presence = ChannelNames.isPresence(name);
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
     * Subscribes, and says so.
     * @param subscriber who subscribes
     * @param member as whom, which a presence channel has to know
     * @param told gets the others that are told of a new member
     */
    void add(Subscriber subscriber, @Nullable Member member, Set<Subscriber> told) {
        if (isEmpty()) {
            observer.occupied(name);
        }
        if (subscribers.add(subscriber)) {
            if (member != null && members.enter(subscriber, member) && presence) {
                observer.memberAdded(name, member.id());
                tell(ChannelFrames.memberAdded(name, member), subscriber.socketId(), told);
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
     * Ends a subscription, if there is one.
     * @param subscriber who was subscribed
     * @param told gets the others that are told of a member who left
     */
    void remove(Subscriber subscriber, Set<Subscriber> told) {
        if (!subscribers.remove(subscriber)) {
            return;
        }
        observer.subscriptionCount(name, subscribers.size());
        String gone = members.leave(subscriber);
        if (gone != null && presence) {
            observer.memberRemoved(name, gone);
            tell(ChannelFrames.memberRemoved(name, gone), null, told);
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
