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
 * Assertions on what was triggered. A failing one shows what was triggered instead. Without {@link #within} or
 * {@link #eventually} they look once.
 */
public final class LatteStreamEventsAssert
        extends AbstractAssert<LatteStreamEventsAssert, Supplier<List<ReceivedEvent>>> {

    private static final Duration EVENTUALLY = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 10;

    private static final int MAX_SHOWN = 20;

    private final String hint;

    private Duration patience = Duration.ZERO;

    private JsonMapper jsonMapper = JsonMapper.shared();

    LatteStreamEventsAssert(Supplier<List<ReceivedEvent>> events, String hint) {
        super(events, LatteStreamEventsAssert.class);
        this.hint = hint;
    }

    /**
     * Has the following assertions wait: those for something until it is so, and those for nothing for the whole time.
     * @param patience how long at most; zero for not at all
     * @return this assertion
     * @throws IllegalArgumentException if it is negative
     */
    public LatteStreamEventsAssert within(Duration patience) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("A wait of " + patience + " must not be negative");
        }
        this.patience = patience;
        return this;
    }

    /**
     * Has the following assertions wait for at most 5 seconds, as {@link #within} does.
     * @return this assertion
     */
    public LatteStreamEventsAssert eventually() {
        return within(EVENTUALLY);
    }

    /**
     * Sets what writes the expected data of the following assertions.
     * @param jsonMapper the mapper; one with Jackson's defaults by default
     * @return this assertion
     */
    public LatteStreamEventsAssert usingJsonMapper(JsonMapper jsonMapper) {
        this.jsonMapper = jsonMapper;
        return this;
    }

    /**
     * Asserts that an event was triggered, with whatever data.
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggered(String channel, String name) {
        return anyMatches(described(channel, name), channel, name, event -> null);
    }

    /**
     * Asserts that an event was triggered with certain data. It is compared as JSON: the order of fields does not matter.
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @param data the data as it would be triggered: a map, a record, a text; null for null
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggered(String channel, String name, @Nullable Object data) {
        return hasTriggeredWhole(channel, name, tree(data));
    }

    /**
     * Asserts that an event was triggered with certain data.
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @param json the data as JSON text; the order of fields does not matter
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredJson(String channel, String name, String json) {
        return hasTriggeredWhole(channel, name, jsonMapper.readTree(json));
    }

    private LatteStreamEventsAssert hasTriggeredWhole(String channel, String name, JsonNode expected) {
        return anyMatches(
                described(channel, name) + " with the data\n    " + EventData.shown(expected.toString()),
                channel,
                name,
                event -> JsonDifference.ofWhole(expected, jsonMapper.readTree(event.data())));
    }

    /**
     * Asserts that an event was triggered with data that has at least certain fields, at any depth.
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @param part part of the data; arrays in it must be whole
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredContaining(String channel, String name, Object part) {
        JsonNode expected = tree(part);
        return anyMatches(
                described(channel, name) + " with data that contains\n    " + EventData.shown(expected.toString()),
                channel,
                name,
                event -> JsonDifference.ofPart(expected, jsonMapper.readTree(event.data())));
    }

    // through text, so that numbers are of the types that a reader makes them
    private JsonNode tree(@Nullable Object data) {
        return jsonMapper.readTree(jsonMapper.writeValueAsString(data));
    }

    /**
     * Asserts that an event was triggered whose data passes assertions.
     * @param <T> what to read the data as
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @param type what to read the data as; {@code JsonNode} for a tree
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
     * Asserts that an event was triggered whose data matches.
     * @param <T> what to read the data as
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @param type what to read the data as; {@code JsonNode} for a tree
     * @param predicate tells whether it matches
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
     * Asserts how often an event was triggered. With a wait, it looks until it was so often, and not beyond that.
     * @param channel the channel, perhaps among others
     * @param name the event's name
     * @param count how often
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredCount(String channel, String name, int count) {
        return eventuallySo(events -> {
            long found =
                    events.stream().filter(event -> is(event, channel, name)).count();
            return found == count
                    ? null
                    : "Expected " + described(channel, name) + " to have been triggered " + count
                            + " time(s), but it was " + found + " time(s).";
        });
    }

    /**
     * Asserts that events were triggered on a channel in an order, perhaps with others before, between and after them.
     * @param channel the channel, perhaps among others
     * @param names the events' names in their order
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredInOrder(String channel, String... names) {
        return eventuallySo(events -> {
            int next = 0;
            for (ReceivedEvent event : events) {
                if (next < names.length && is(event, channel, names[next])) {
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
        return neverSo(events -> events.stream().anyMatch(event -> is(event, channel, name))
                ? "Expected " + described(channel, name) + " not to have been triggered."
                : null);
    }

    /**
     * Asserts that no event was triggered on a channel.
     * @param channel the channel
     * @return this assertion
     */
    public LatteStreamEventsAssert hasNotTriggered(String channel) {
        return neverSo(
                events -> events.stream().anyMatch(event -> event.channels().contains(channel))
                        ? "Expected nothing to have been triggered on channel '" + channel + "'."
                        : null);
    }

    /**
     * Asserts that no event was triggered at all.
     * @return this assertion
     */
    public LatteStreamEventsAssert hasTriggeredNothing() {
        return neverSo(events -> events.isEmpty() ? null : "Expected nothing to have been triggered.");
    }

    // difference tells of an event of this name what is wrong with it, or null
    private LatteStreamEventsAssert anyMatches(
            String expected, String channel, String name, Function<ReceivedEvent, @Nullable String> difference) {
        return eventuallySo(events -> {
            List<String> differences = new ArrayList<>();
            for (ReceivedEvent event : events) {
                if (is(event, channel, name)) {
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
            return "the data cannot be read so: " + ex.getOriginalMessage();
        }
    }

    private LatteStreamEventsAssert eventuallySo(Function<List<ReceivedEvent>, @Nullable String> problem) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<ReceivedEvent> events = actual.get();
            String found = problem.apply(events);
            if (found == null) {
                return this;
            }
            if (!isTimeLeft(deadline)) {
                fail(found, events, patience.isZero() ? hint : "Waited for " + patience + ".");
            }
        }
    }

    private LatteStreamEventsAssert neverSo(Function<List<ReceivedEvent>, @Nullable String> problem) {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            List<ReceivedEvent> events = actual.get();
            String found = problem.apply(events);
            if (found != null) {
                fail(found, events, "");
            }
        } while (isTimeLeft(deadline));
        if (Thread.currentThread().isInterrupted()) {
            fail("The wait was interrupted, so that nobody knows what would have come", actual.get(), "");
        }
        return this;
    }

    private static boolean isTimeLeft(long deadline) {
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
        message.append(events.isEmpty() ? "\nNothing was triggered." : "\nWhat was triggered:");
        int skipped = Math.max(0, events.size() - MAX_SHOWN);
        if (skipped > 0) {
            message.append("\n  ... ").append(skipped).append(" earlier");
        }
        events.stream()
                .skip(skipped)
                .forEach(event -> message.append("\n  '")
                        .append(event.name())
                        .append("' on ")
                        .append(EventData.shown(String.join(", ", event.channels())))
                        .append(": ")
                        .append(EventData.shown(event.data())));
        if (!remark.isEmpty()) {
            message.append('\n').append(remark);
        }
        failWithMessage("%s", message);
    }

    private static String described(String channel, String name) {
        return "event '" + name + "' on channel '" + channel + "'";
    }

    private static boolean is(ReceivedEvent event, String channel, String name) {
        return event.name().equals(name) && event.channels().contains(channel);
    }
}
