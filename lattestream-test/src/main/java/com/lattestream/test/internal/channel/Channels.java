package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * All channels of an engine. A single lock keeps the events of a channel in the same order in the log and for every
 * subscriber; no frames are sent while it is held. Thread-safe.
 */
public final class Channels {

    private static final Logger log = LoggerFactory.getLogger(Channels.class);

    private final Object lock = new Object();

    private final Map<String, Channel> channels = new HashMap<>();

    private final Subscriptions subscriptions = new Subscriptions();

    private final EventLog<Event> accepted;

    private final ChannelObserver observer;

    private final Limits limits;

    private final TrafficObserver traffic;

    /**
     * Creates an instance without channels.
     * @param observer observes changes of channels
     * @param traffic observes events and subscriptions
     * @param limits maximum number of channels, subscriptions and recorded events
     */
    public Channels(ChannelObserver observer, TrafficObserver traffic, Limits limits) {
        this.observer = observer;
        this.traffic = traffic;
        this.limits = limits;
        this.accepted = new EventLog<>(
                limits.maxHistory(),
                event -> event.data() == null ? "" : event.data().toString());
    }

    /**
     * Subscribes to a channel, unless the subscriber is closed. Repeated subscriptions have no effect.
     * @param channel the channel
     * @param subscriber the subscriber
     * @param member the member; required on a presence channel
     * @return the reason if there are too many channels or subscriptions; otherwise null
     */
    public @Nullable Refusal subscribe(String channel, Subscriber subscriber, @Nullable Member member) {
        Set<Subscriber> notified = new LinkedHashSet<>();
        synchronized (lock) {
            // a socket can close while its last frames are still being processed
            if (!subscriber.isOpen()) {
                return null;
            }
            Refusal refusal = refusal(channel, subscriber);
            if (refusal != null) {
                return refusal;
            }
            Channel occupied = channels.computeIfAbsent(channel, name -> new Channel(name, observer));
            if (!occupied.has(subscriber)) {
                traffic.subscribed(channel, subscriber.socketId(), member);
            }
            occupied.add(subscriber, member, notified);
            subscriptions.add(subscriber, channel);
        }
        notified.forEach(Subscriber::flush);
        return null;
    }

    private @Nullable Refusal refusal(String name, Subscriber subscriber) {
        Channel channel = channels.get(name);
        if (channel != null && channel.has(subscriber)) {
            return null;
        }
        if (subscriptions.count(subscriber) >= limits.maxSubscriptionsPerConnection()) {
            return new Refusal(
                    Refusal.TOO_MANY,
                    "A connection can have at most " + limits.maxSubscriptionsPerConnection() + " subscriptions");
        }
        if (channel == null && channels.size() >= limits.maxChannels()) {
            return new Refusal(Refusal.TOO_MANY, "There can be at most " + limits.maxChannels() + " channels");
        }
        return null;
    }

    /**
     * Removes a subscription, if present.
     * @param channel the channel
     * @param subscriber the subscriber
     */
    public void unsubscribe(String channel, Subscriber subscriber) {
        Set<Subscriber> notified = new LinkedHashSet<>();
        synchronized (lock) {
            leave(channel, subscriber, notified);
        }
        notified.forEach(Subscriber::flush);
    }

    /**
     * Removes all subscriptions of a subscriber.
     * @param subscriber a closed subscriber
     */
    public void remove(Subscriber subscriber) {
        Set<Subscriber> notified = new LinkedHashSet<>();
        synchronized (lock) {
            subscriptions.of(subscriber).forEach(channel -> leave(channel, subscriber, notified));
        }
        notified.forEach(Subscriber::flush);
    }

    private void leave(String channel, Subscriber subscriber, Set<Subscriber> notified) {
        channels.computeIfPresent(channel, (name, it) -> {
            if (it.has(subscriber)) {
                it.remove(subscriber, notified);
                traffic.unsubscribed(name, subscriber.socketId());
            }
            return it.isEmpty() ? null : it;
        });
        subscriptions.remove(subscriber, channel);
    }

    /**
     * Closes all connections of a user: those with a subscription as that user.
     * @param userId id of the user
     * @return number of connections
     */
    public int terminate(String userId) {
        Set<Subscriber> connections = new LinkedHashSet<>();
        synchronized (lock) {
            channels.values().forEach(channel -> connections.addAll(channel.connectionsOf(userId)));
        }
        // in this order: subsequent queries do not find the user, and a closed connection cannot subscribe again
        connections.forEach(Subscriber::terminate);
        connections.forEach(this::remove);
        return connections.size();
    }

    /**
     * Returns the states of the occupied channels.
     * @param prefix prefix of the names; empty for all channels
     * @return the states by name, sorted
     */
    public SortedMap<String, ChannelState> states(String prefix) {
        SortedMap<String, ChannelState> states = new TreeMap<>();
        synchronized (lock) {
            channels.forEach((name, channel) -> {
                if (name.startsWith(prefix)) {
                    states.put(name, channel.state());
                }
            });
        }
        return states;
    }

    /**
     * Returns the state of a channel.
     * @param channel the channel
     * @return the state; zero subscriptions if the channel is vacant
     */
    public ChannelState state(String channel) {
        synchronized (lock) {
            Channel occupied = channels.get(channel);
            return occupied == null ? ChannelState.VACANT : occupied.state();
        }
    }

    /**
     * Returns the users on a presence channel.
     * @param channel the channel
     * @return ids of the users, in the order of their first subscriptions
     */
    public List<String> users(String channel) {
        synchronized (lock) {
            Channel occupied = channels.get(channel);
            return occupied == null ? List.of() : occupied.users();
        }
    }

    /**
     * Relays a client event to the other subscribers of a channel.
     * @param channel the channel
     * @param event name of the event
     * @param data the data as received; a missing node for none
     * @param sender the sender
     * @return false if the sender is not subscribed; the event is not relayed then
     */
    public boolean relay(String channel, String event, JsonNode data, Subscriber sender) {
        Set<Subscriber> notified = new LinkedHashSet<>();
        synchronized (lock) {
            Channel occupied = channels.get(channel);
            if (occupied == null || !occupied.has(sender)) {
                return false;
            }
            occupied.enqueue(ChannelFrames.clientEvent(channel, event, data), sender.socketId(), notified);
            observer.clientEvent(
                    channel,
                    event,
                    data.isMissingNode() ? "" : data.toString(),
                    sender.socketId(),
                    occupied.userOf(sender));
            traffic.relayed(channel, event, data, sender.socketId(), notified.size());
        }
        notified.forEach(Subscriber::flush);
        return true;
    }

    /**
     * Accepts events and delivers them in this order.
     * @param events the events; their data, if present, is the text to deliver
     * @return number of distinct subscribers reached
     */
    public int publish(List<Event> events) {
        Set<Subscriber> reached = new LinkedHashSet<>();
        synchronized (lock) {
            for (Event event : events) {
                accepted.add(event);
                Set<Subscriber> notified = new LinkedHashSet<>();
                for (String channel : event.channels()) {
                    deliver(event, channel, notified);
                }
                reached.addAll(notified);
                traffic.published(event, notified.size());
            }
        }
        reached.forEach(Subscriber::flush);
        log.debug("Accepted {} event(s) for {} subscriber(s)", events.size(), reached.size());
        return reached.size();
    }

    /** Removes the accepted events from the log. */
    public void clearAccepted() {
        synchronized (lock) {
            accepted.clear();
        }
    }

    /**
     * Returns the most recent accepted events.
     * @return the events in order; unmodifiable
     */
    public List<Event> accepted() {
        synchronized (lock) {
            return accepted.snapshot();
        }
    }

    private void deliver(Event event, String name, Set<Subscriber> notified) {
        Channel channel = channels.get(name);
        if (channel != null) {
            channel.enqueue(
                    ChannelFrames.event(name, event), event.excludedSocketId().orElse(null), notified);
        }
    }
}
