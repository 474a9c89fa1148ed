package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final EventLog accepted = new EventLog();

    private final ChannelObserver observer;

    /**
     * Creates it without any channel.
     * @param observer hears what happens
     */
    public Channels(ChannelObserver observer) {
        this.observer = observer;
    }

    /**
     * Subscribes, unless the subscriber is closed. Subscribing twice is the same as once.
     * @param channel the channel
     * @param subscriber who subscribes
     * @param member as whom, on a presence channel
     */
    public void subscribe(String channel, Subscriber subscriber, @Nullable Member member) {
        Set<Subscriber> told = new LinkedHashSet<>();
        synchronized (lock) {
            // a socket may close while its last frames are still being read
            if (subscriber.isOpen()) {
                channels.computeIfAbsent(channel, name -> new Channel(name, observer))
                        .add(subscriber, member, told);
            }
        }
        told.forEach(Subscriber::flush);
    }

    /**
     * Ends a subscription, if there is one.
     * @param channel the channel
     * @param subscriber who was subscribed
     */
    public void unsubscribe(String channel, Subscriber subscriber) {
        Set<Subscriber> told = new LinkedHashSet<>();
        synchronized (lock) {
            channels.computeIfPresent(channel, (name, it) -> {
                it.remove(subscriber, told);
                return it.isEmpty() ? null : it;
            });
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
            channels.values().removeIf(channel -> {
                channel.remove(subscriber, told);
                return channel.isEmpty();
            });
        }
        told.forEach(Subscriber::flush);
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
        }
        told.forEach(Subscriber::flush);
        return true;
    }

    /**
     * Accepts events, which are then delivered in this order.
     * @param events the events, each with its data as the text to deliver
     * @return how many subscribers they reach, each counted once
     */
    public int publish(List<Event> events) {
        Set<Subscriber> reached = new LinkedHashSet<>();
        synchronized (lock) {
            for (Event event : events) {
                accepted.add(event);
                for (String channel : event.channels()) {
                    deliver(event, channel, reached);
                }
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

    private void deliver(Event event, String name, Set<Subscriber> reached) {
        Channel channel = channels.get(name);
        if (channel != null) {
            channel.tell(
                    ChannelFrames.event(name, event), event.excludedSocketId().orElse(null), reached);
        }
    }
}
