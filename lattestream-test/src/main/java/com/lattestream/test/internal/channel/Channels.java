package com.lattestream.test.internal.channel;

import com.lattestream.core.Event;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * All channels of an engine. One lock keeps the events of a channel in the same order for the log and every subscriber;
 * nothing is sent while it is held. Thread-safe.
 */
public final class Channels {

    private static final Logger log = LoggerFactory.getLogger(Channels.class);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Object lock = new Object();

    private final Map<String, Set<Subscriber>> subscribers = new HashMap<>();

    private final EventLog accepted = new EventLog();

    /**
     * Subscribes, unless the subscriber is closed. Subscribing twice is the same as once.
     * @param channel the channel
     * @param subscriber who subscribes
     * @param confirmation the frame that tells the subscriber so, queued ahead of the first event
     */
    public void subscribe(String channel, Subscriber subscriber, String confirmation) {
        synchronized (lock) {
            // a socket may close while its last frames are still being read
            if (subscriber.isOpen()) {
                subscribers
                        .computeIfAbsent(channel, name -> new LinkedHashSet<>())
                        .add(subscriber);
                subscriber.enqueue(confirmation);
            }
        }
    }

    /**
     * Ends a subscription, if there is one.
     * @param channel the channel
     * @param subscriber who was subscribed
     */
    public void unsubscribe(String channel, Subscriber subscriber) {
        synchronized (lock) {
            subscribers.computeIfPresent(channel, (name, those) -> {
                those.remove(subscriber);
                return those.isEmpty() ? null : those;
            });
        }
    }

    /**
     * Ends all subscriptions of a subscriber.
     * @param subscriber who has closed
     */
    public void remove(Subscriber subscriber) {
        synchronized (lock) {
            subscribers.values().removeIf(those -> {
                those.remove(subscriber);
                return those.isEmpty();
            });
        }
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

    /**
     * Returns what has been accepted.
     * @return the last events, in order; unmodifiable
     */
    public List<Event> accepted() {
        synchronized (lock) {
            return accepted.snapshot();
        }
    }

    private void deliver(Event event, String channel, Set<Subscriber> reached) {
        Set<Subscriber> those = subscribers.get(channel);
        if (those == null) {
            return;
        }
        String frame = JSON.createObjectNode()
                .put("event", event.name())
                .put("channel", channel)
                .put("data", String.valueOf(event.data()))
                .toString();
        Optional<String> excluded = event.excludedSocketId();
        for (Subscriber subscriber : those) {
            if (excluded.isEmpty() || !excluded.get().equals(subscriber.socketId())) {
                subscriber.enqueue(frame);
                reached.add(subscriber);
            }
        }
    }
}
