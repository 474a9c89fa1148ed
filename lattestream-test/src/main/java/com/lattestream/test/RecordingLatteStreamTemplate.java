package com.lattestream.test;

import com.lattestream.core.ChannelInfo;
import com.lattestream.core.ChannelName;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.PresenceUser;
import com.lattestream.core.TransactionBoundary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Template for unit tests of classes that use LatteStream, without a server. Arguments are validated as by the real
 * template, each event is recorded, conflated ones included, and futures complete immediately. It can be used as a
 * {@link LatteStreamTemplate} and as a {@link com.lattestream.core.LatteStreamOperations}; for classes that use a
 * {@link LatteStreamClient}, use {@link #client()}. Queries return the stubbed results; by default they report no
 * subscribers. Thread-safe.
 *
 * <pre>{@code
 * RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();
 * new OrderService(latteStream).ship(7);
 * assertThat(latteStream).hasTriggered("orders", "shipped", Map.of("id", 7));
 * }</pre>
 */
public final class RecordingLatteStreamTemplate extends LatteStreamTemplate {

    private final RecordingLatteStreamClient client;

    /** Creates a template that serializes data with the defaults of Jackson. */
    public RecordingLatteStreamTemplate() {
        this(JsonMapper.shared());
    }

    /**
     * Creates a template that serializes data with the given mapper.
     * @param jsonMapper the mapper for the data of events; use that of the application if its configuration matters
     */
    public RecordingLatteStreamTemplate(JsonMapper jsonMapper) {
        this(new RecordingLatteStreamClient(jsonMapper));
    }

    private RecordingLatteStreamTemplate(RecordingLatteStreamClient client) {
        // tests without Spring have no transactions
        super(client, TransactionBoundary.none());
        this.client = client;
    }

    /**
     * Returns the client of this template, for classes that use a client. Its calls are recorded by this template.
     * @return the client
     */
    public LatteStreamClient client() {
        return client;
    }

    /**
     * Returns the events accepted so far: the most recent 10,000, and fewer if their data exceeds 32 million characters
     * in total.
     * @return the events in the order in which they were triggered; an unmodifiable snapshot
     */
    public List<ReceivedEvent> events() {
        return client.events.snapshot();
    }

    /**
     * Returns the ids of the users whose connections were terminated.
     * @return the ids in the order of the calls; an unmodifiable snapshot
     */
    public List<String> terminatedUsers() {
        return List.copyOf(client.terminatedUsers);
    }

    /**
     * Sets the failure of the next call, regardless of the method; a failed call is not recorded. If this method is
     * called several times, as many calls fail, in the order of the failures. As with the real template, triggering
     * completes the future exceptionally, except for a {@link LatteStreamQueueFullException}, which is thrown; other
     * calls throw the failure.
     * @param failure the failure
     * @return this template
     */
    public RecordingLatteStreamTemplate failNext(LatteStreamException failure) {
        client.failures.add(Objects.requireNonNull(failure, "failure"));
        return this;
    }

    /**
     * Stubs the result of queries for a channel. Queries return only the counts that they request.
     * @param channel the channel
     * @param info the result
     * @return this template
     * @throws IllegalArgumentException if the channel name is not valid
     */
    public RecordingLatteStreamTemplate stubChannel(String channel, ChannelInfo info) {
        client.channels.put(ChannelName.require(channel), info);
        return this;
    }

    /**
     * Stubs the users on a presence channel, and the counts accordingly.
     * @param channel the channel
     * @param userIds the ids of the users; empty for none
     * @return this template
     * @throws IllegalArgumentException if the channel is not a presence channel
     */
    public RecordingLatteStreamTemplate stubUsers(String channel, String... userIds) {
        if (!ChannelName.isPresence(ChannelName.require(channel))) {
            throw new IllegalArgumentException(
                    "Channel '" + channel + "' has no users: only presence-... channels have users");
        }
        List<PresenceUser> users =
                Arrays.stream(userIds).distinct().map(PresenceUser::new).toList();
        client.users.put(channel, users);
        return stubChannel(channel, new ChannelInfo(!users.isEmpty(), users.size(), users.size()));
    }

    /** Clears the recorded calls, the stubs and the failures. */
    public void clear() {
        client.events.clear();
        client.terminatedUsers.clear();
        client.failures.clear();
        client.channels.clear();
        client.users.clear();
    }
}
