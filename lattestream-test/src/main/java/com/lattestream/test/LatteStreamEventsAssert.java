package com.lattestream.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assertions for triggered events. The message of a failed assertion lists the triggered events. Assertions are
 * evaluated once, unless {@link #within} or {@link #eventually} is called.
 */
public final class LatteStreamEventsAssert
        extends AbstractAssert<LatteStreamEventsAssert, Supplier<List<ReceivedEvent>>> {

    private static final Duration EVENTUALLY = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 10;

    private static final int MAX_LISTED = 20;

    private final String hint;

    private Duration timeout = Duration.ZERO;

    private JsonMapper jsonMapper = JsonMapper.shared();

    LatteStreamEventsAssert(Supplier<List<ReceivedEvent>> events, String hint) {
        super(events, LatteStreamEventsAssert.class);
        this.hint = hint;
    }

    /**
     * Sets the time that the following assertions wait. An assertion that an event was triggered waits until it holds;
     * an assertion that an event was not triggered waits for the whole time.
     * @param timeout maximum time to wait; zero not to wait
     * @return this assertion
     * @throws IllegalArgumentException if the time is negative
     */
    public LatteStreamEventsAssert within(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("The time to wait must not be negative: " + timeout);
        }
        this.timeout = timeout;
        return this;
    }

    /**
     * Sets the time that the following assertions wait to 5 seconds, as {@link #within} does.
     * @return this assertion
     */
    public LatteStreamEventsAssert eventually() {
        return within(EVENTUALLY);
    }

    /**
     * Sets the mapper that serializes the expected data of the following assertions.
     * @param jsonMapper the mapper; defaults to one with the defaults of Jackson
     * @return this assertion
     */
    public LatteStreamEventsAssert usingJsonMapper(JsonMapper jsonMapper) {
        this.jsonMapper = jsonMapper;
        return this;
    }

    /**
     * Asserts that an event was triggered, with any data.
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggered(String channel, String name) {
        return anyMatches(described(channel, name), channel, name, event -> null);
    }

    /**
     * Asserts that an event was triggered with the given data. The data is compared as JSON; the order of fields is
     * ignored.
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @param data the data as passed to the client, such as a map, a record or a string; null for JSON null
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggered(String channel, String name, @Nullable Object data) {
        return hasTriggeredWhole(channel, name, tree(data));
    }

    /**
     * Asserts that an event was triggered with the given data.
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @param json the data as JSON text; the order of fields is ignored
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredJson(String channel, String name, String json) {
        return hasTriggeredWhole(channel, name, jsonMapper.readTree(json));
    }

    private LatteStreamEventsAssert hasTriggeredWhole(String channel, String name, JsonNode expected) {
        return anyMatches(
                described(channel, name) + " with the data\n    " + EventData.truncated(expected.toString()),
                channel,
                name,
                event -> JsonDifference.ofWhole(expected, jsonMapper.readTree(event.data())));
    }

    /**
     * Asserts that an event was triggered with data that contains at least the given fields, at any depth.
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @param part part of the data; arrays in it must be complete
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredContaining(String channel, String name, Object part) {
        JsonNode expected = tree(part);
        return anyMatches(
                described(channel, name) + " with data that contains\n    " + EventData.truncated(expected.toString()),
                channel,
                name,
                event -> JsonDifference.ofPart(expected, jsonMapper.readTree(event.data())));
    }

    // through text, so that numbers have the same node types as in parsed data
    private JsonNode tree(@Nullable Object data) {
        return jsonMapper.readTree(jsonMapper.writeValueAsString(data));
    }

    /**
     * Asserts that an event was triggered with data that satisfies the given requirements.
     * @param <T> type of the data
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @param type type that the data is read as; {@code JsonNode} for a tree
     * @param requirements throw an {@link AssertionError} for other data
     * @return this assertion
     */
    public <T> LatteStreamEventsAssert hasTriggeredSatisfying(
            String channel, String name, Class<T> type, Consumer<? super T> requirements) {
        return anyMatches(
                described(channel, name) + " with data that satisfies the requirements", channel, name, event -> {
                    try {
                        requirements.accept(jsonMapper.readValue(event.data(), type));
                        return null;
                    } catch (AssertionError ex) {
                        return String.valueOf(ex.getMessage()).strip();
                    }
                });
    }

    /**
     * Asserts that an event was triggered with data that matches the given predicate.
     * @param <T> type of the data
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @param type type that the data is read as; {@code JsonNode} for a tree
     * @param predicate returns true for matching data
     * @return this assertion
     */
    public <T> LatteStreamEventsAssert hasTriggeredMatching(
            String channel, String name, Class<T> type, Predicate<? super T> predicate) {
        return anyMatches(
                described(channel, name) + " with data that matches",
                channel,
                name,
                event -> predicate.test(jsonMapper.readValue(event.data(), type)) ? null : "the data does not match");
    }

    /**
     * Asserts the number of times that an event was triggered. With a wait time, the assertion succeeds as soon as the
     * number is reached; later events are not considered.
     * @param channel one of the channels of the event
     * @param name the name of the event
     * @param count expected number of events
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredCount(String channel, String name, int count) {
        return holdsEventually(events -> {
            long found = events.stream()
                    .filter(event -> matches(event, channel, name))
                    .count();
            return found == count
                    ? null
                    : "Expected " + described(channel, name) + " to have been triggered " + count
                            + " time(s), but it was " + found + " time(s).";
        });
    }

    /**
     * Asserts that events were triggered on a channel in the given order, possibly with other events before, between
     * and after them.
     * @param channel one of the channels of the events
     * @param names the names of the events in their order
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredInOrder(String channel, String... names) {
        return holdsEventually(events -> {
            int next = 0;
            for (ReceivedEvent event : events) {
                if (next < names.length && matches(event, channel, names[next])) {
                    next++;
                }
            }
            return next == names.length
                    ? null
                    : "Expected events " + List.of(names) + " on channel '" + channel
                            + "' to have been triggered in this order, but '" + names[next] + "' is missing after "
                            + (next == 0 ? "the start" : "'" + names[next - 1] + "'") + ".";
        });
    }

    /**
     * Asserts that an event was not triggered.
     * @param channel the channel
     * @param name the event's name
     * @return this assertion
     */
    public LatteStreamEventsAssert hasNotTriggered(String channel, String name) {
        return holdsThroughout(events -> events.stream().anyMatch(event -> matches(event, channel, name))
                ? "Expected " + described(channel, name) + " not to have been triggered."
                : null);
    }

    /**
     * Asserts that no event was triggered on a channel.
     * @param channel the channel
     * @return this assertion
     */
    public LatteStreamEventsAssert hasNotTriggered(String channel) {
        return holdsThroughout(
                events -> events.stream().anyMatch(event -> event.channels().contains(channel))
                        ? "Expected no events to have been triggered on channel '" + channel + "'."
                        : null);
    }

    /**
     * Asserts that no event was triggered at all.
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredNothing() {
        return holdsThroughout(events -> events.isEmpty() ? null : "Expected no events to have been triggered.");
    }

    // the function returns the difference of an event with this name, or null if the event matches
    private LatteStreamEventsAssert anyMatches(
            String expected, String channel, String name, Function<ReceivedEvent, @Nullable String> difference) {
        return holdsEventually(events -> {
            List<String> differences = new ArrayList<>();
            for (ReceivedEvent event : events) {
                if (matches(event, channel, name)) {
                    String found = difference(event, difference);
                    if (found == null) {
                        return null;
                    }
                    differences.add(found);
                }
            }
            String problem = "Expected " + expected + "\nto have been triggered, but it was not.";
            return differences.isEmpty()
                    ? problem
                    : problem + " In the last event of this name: " + differences.get(differences.size() - 1);
        });
    }

    private static @Nullable String difference(
            ReceivedEvent event, Function<ReceivedEvent, @Nullable String> difference) {
        try {
            return difference.apply(event);
        } catch (JacksonException ex) {
            return "the data cannot be read as the type: " + ex.getOriginalMessage();
        }
    }

    private LatteStreamEventsAssert holdsEventually(Function<List<ReceivedEvent>, @Nullable String> problem) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            List<ReceivedEvent> events = actual.get();
            String found = problem.apply(events);
            if (found == null) {
                return this;
            }
            if (!waitForNextPoll(deadline)) {
                fail(found, events, timeout.isZero() ? hint : "Waited for " + timeout + ".");
            }
        }
    }

    private LatteStreamEventsAssert holdsThroughout(Function<List<ReceivedEvent>, @Nullable String> problem) {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            List<ReceivedEvent> events = actual.get();
            String found = problem.apply(events);
            if (found != null) {
                fail(found, events, "");
            }
        } while (waitForNextPoll(deadline));
        if (Thread.currentThread().isInterrupted()) {
            fail("The wait was interrupted, so that the assertion could not be verified", actual.get(), "");
        }
        return this;
    }

    private static boolean waitForNextPoll(long deadline) {
        if (System.nanoTime() - deadline >= 0) {
            return false;
        }
        try {
            Thread.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fail(String problem, List<ReceivedEvent> events, String remark) {
        StringBuilder message = new StringBuilder(problem);
        message.append(events.isEmpty() ? "\nNo events were triggered." : "\nTriggered events:");
        int skipped = Math.max(0, events.size() - MAX_LISTED);
        if (skipped > 0) {
            message.append("\n  ... ").append(skipped).append(" earlier");
        }
        events.stream()
                .skip(skipped)
                .forEach(event -> message.append("\n  '")
                        .append(event.name())
                        .append("' on ")
                        .append(EventData.truncated(String.join(", ", event.channels())))
                        .append(": ")
                        .append(EventData.truncated(event.data())));
        if (!remark.isEmpty()) {
            message.append('\n').append(remark);
        }
        failWithMessage("%s", message);
    }

    private static String described(String channel, String name) {
        return "event '" + name + "' on channel '" + channel + "'";
    }

    private static boolean matches(ReceivedEvent event, String channel, String name) {
        return event.name().equals(name) && event.channels().contains(channel);
    }
}
