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
 * All channels of an engine. One lock keeps the events of a channel in the same order for the log and every subscriber;
 * nothing is sent while it is held. Thread-safe.
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
     * Creates it without any channel.
     * @param observer hears what happens
     * @param traffic sees what passes
     * @param limits how many channels there may be, and how much is remembered
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
     * Subscribes, unless the subscriber is closed. Subscribing twice is the same as once.
     * @param channel the channel
     * @param subscriber who subscribes
     * @param member as whom, on a presence channel
     * @return why not, if there are too many channels or subscriptions already; otherwise null
     */
    public @Nullable Refusal subscribe(String channel, Subscriber subscriber, @Nullable Member member) {
        Set<Subscriber> told = new LinkedHashSet<>();
        synchronized (lock) {
            // a socket may close while its last frames are still being read
            if (!subscriber.isOpen()) {
                return null;
            }
            Refusal refusal = refusal(channel, subscriber);
            if (refusal != null) {
                return refusal;
            }
            Channel there = channels.computeIfAbsent(channel, name -> new Channel(name, observer));
            if (!there.has(subscriber)) {
                traffic.subscribed(channel, subscriber.socketId(), member);
            }
            there.add(subscriber, member, told);
            subscriptions.add(subscriber, channel);
        }
        told.forEach(Subscriber::flush);
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
                    "A connection can have " + limits.maxSubscriptionsPerConnection()
                            + " subscriptions here, not more");
        }
        if (channel == null && channels.size() >= limits.maxChannels()) {
            return new Refusal(Refusal.TOO_MANY, "There can be " + limits.maxChannels() + " channels here, not more");
        }
        return null;
    }

    /**
     * Ends a subscription, if there is one.
     * @param channel the channel
     * @param subscriber who was subscribed
     */
    public void unsubscribe(String channel, Subscriber subscriber) {
        Set<Subscriber> told = new LinkedHashSet<>();
        synchronized (lock) {
            leave(channel, subscriber, told);
        }
        told.forEach(Subscriber::flush);
    }

    /**
     * Ends all subscriptions of a subscriber.
     * @param subscriber who has closed
     */
    public void remove(Subscriber subscriber) {
        Set<Subscriber> told = new LinkedHashSet<>();
        synchronized (lock) {
            subscriptions.of(subscriber).forEach(channel -> leave(channel, subscriber, told));
        }
        told.forEach(Subscriber::flush);
    }

    private void leave(String channel, Subscriber subscriber, Set<Subscriber> told) {
        channels.computeIfPresent(channel, (name, it) -> {
            if (it.has(subscriber)) {
                it.remove(subscriber, told);
                traffic.unsubscribed(name, subscriber.socketId());
            }
            return it.isEmpty() ? null : it;
        });
        subscriptions.remove(subscriber, channel);
    }

    /**
     * Ends all connections of a user: those that are on a channel as that user.
     * @param userId who
     * @return how many there were
     */
    public int terminate(String userId) {
        Set<Subscriber> connections = new LinkedHashSet<>();
        synchronized (lock) {
            channels.values().forEach(channel -> connections.addAll(channel.connectionsOf(userId)));
        }
        // in this order: whoever asks next finds the user gone, and nobody comes back on a closed connection
        connections.forEach(Subscriber::terminate);
        connections.forEach(this::remove);
        return connections.size();
    }

    /**
     * Returns the occupied channels.
     * @param prefix what their names start with; empty for all
     * @return how many are on each, by name and in its order
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
     * Returns how many are on a channel.
     * @param channel the channel
     * @return none and none if nobody is
     */
    public ChannelState state(String channel) {
        synchronized (lock) {
            Channel there = channels.get(channel);
            return there == null ? ChannelState.VACANT : there.state();
        }
    }

    /**
     * Returns who is on a presence channel.
     * @param channel the channel
     * @return the ids in the order in which they came
     */
    public List<String> users(String channel) {
        synchronized (lock) {
            Channel there = channels.get(channel);
            return there == null ? List.of() : there.users();
        }
    }

    /**
     * Hands a client's own event to the others on a channel.
     * @param channel the channel
     * @param event the event's name
     * @param data what it carries, as it came; a missing node for nothing
     * @param sender who sent it
     * @return whether the sender is subscribed there; otherwise nobody has heard it
     */
    public boolean relay(String channel, String event, JsonNode data, Subscriber sender) {
        Set<Subscriber> told = new LinkedHashSet<>();
        synchronized (lock) {
            Channel there = channels.get(channel);
            if (there == null || !there.has(sender)) {
                return false;
            }
            there.tell(ChannelFrames.clientEvent(channel, event, data), sender.socketId(), told);
            observer.clientEvent(
                    channel,
                    event,
                    data.isMissingNode() ? "" : data.toString(),
                    sender.socketId(),
                    there.userOf(sender));
            traffic.relayed(channel, event, data, sender.socketId(), told.size());
        }
        told.forEach(Subscriber::flush);
        return true;
    }

    /**
     * Accepts events, which are then delivered in this order.
     * @param events the events, each with its data as the text to deliver, or without data
     * @return how many subscribers they reach, each counted once
     */
    public int publish(List<Event> events) {
        Set<Subscriber> reached = new LinkedHashSet<>();
        synchronized (lock) {
            for (Event event : events) {
                accepted.add(event);
                Set<Subscriber> told = new LinkedHashSet<>();
                for (String channel : event.channels()) {
                    deliver(event, channel, told);
                }
                reached.addAll(told);
                traffic.published(event, told.size());
            }
        }
        reached.forEach(Subscriber::flush);
        log.debug("Accepted {} event(s) for {} subscriber(s)", events.size(), reached.size());
        return reached.size();
    }

    /** Forgets what has been accepted. */
    public void clearAccepted() {
        synchronized (lock) {
            accepted.clear();
        }
    }

    /**
     * Returns what has been accepted.
     * @return the last events, in order; unmodifiable
     */
    public List<Event> accepted() {
        synchronized (lock) {
            return accepted.snapshot();
        }
    }

    private void deliver(Event event, String name, Set<Subscriber> told) {
        Channel channel = channels.get(name);
        if (channel != null) {
            channel.tell(
                    ChannelFrames.event(name, event), event.excludedSocketId().orElse(null), told);
        }
    }
}
