package com.lattestream.test;

import com.lattestream.core.ChannelInfo;
import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.PresenceUser;
import com.lattestream.core.TransactionBoundary;
import com.lattestream.test.internal.channel.ChannelNames;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * A template for tests of classes that use one, without a server: it refuses bad arguments exactly as the real one does,
 * keeps what is triggered, and completes futures at once. It is both a {@link LatteStreamTemplate} and a
 * {@link com.lattestream.core.LatteStreamOperations}; what uses a {@link LatteStreamClient} gets {@link #client()}.
 * Questions are answered as they were stubbed, and otherwise with nobody being there. Thread-safe.
 *
 * <pre>{@code
 * RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();
 * new OrderService(latteStream).ship(7);
 * assertThat(latteStream).hasTriggered("orders", "shipped", Map.of("id", 7));
 * }</pre>
 */
public final class RecordingLatteStreamTemplate extends LatteStreamTemplate {

    private final RecordingLatteStreamClient client;

    /** Creates a template that writes data with Jackson's defaults. */
    public RecordingLatteStreamTemplate() {
        this(JsonMapper.shared());
    }

    /**
     * Creates a template.
     * @param jsonMapper what writes the data of events as JSON: the application's, where that matters
     */
    public RecordingLatteStreamTemplate(JsonMapper jsonMapper) {
        this(new RecordingLatteStreamClient(jsonMapper));
    }

    private RecordingLatteStreamTemplate(RecordingLatteStreamClient client) {
        // a test without Spring has no transactions
        super(client, TransactionBoundary.none());
        this.client = client;
    }

    /**
     * Returns the client beneath, for what uses a client itself. It records to the same place.
     * @return the client
     */
    public LatteStreamClient client() {
        return client;
    }

    /**
     * Returns what was triggered and accepted so far: the last 10,000 events, or fewer if their data is more than 32
     * million characters.
     * @return the events in the order in which they were triggered; unmodifiable, and not updated later
     */
    public List<ReceivedEvent> events() {
        return client.events.snapshot();
    }

    /**
     * Returns whose connections were to be closed.
     * @return the users' ids in the order of the calls; unmodifiable, and not updated later
     */
    public List<String> terminatedUsers() {
        return List.copyOf(client.terminatedUsers);
    }

    /**
     * Has the next call fail, whatever it is; nothing of it is recorded. Called several times, as many calls fail, one
     * after another. As with the real template, triggering fails by its future, but throws a
     * {@link LatteStreamQueueFullException} itself; other calls throw.
     * @param failure what it fails with
     * @return this template
     */
    public RecordingLatteStreamTemplate failNext(LatteStreamException failure) {
        client.failures.add(Objects.requireNonNull(failure, "failure"));
        return this;
    }

    /**
     * Says what is known of a channel. Callers see the counts that they ask for.
     * @param channel the channel
     * @param info the answer
     * @return this template
     * @throws IllegalArgumentException if the channel is not valid
     */
    public RecordingLatteStreamTemplate stubChannel(String channel, ChannelInfo info) {
        client.channels.put(requireChannel(channel), info);
        return this;
    }

    /**
     * Says who is on a presence channel, and with that how many.
     * @param channel the channel
     * @param userIds the users' ids; none for nobody
     * @return this template
     * @throws IllegalArgumentException if it is no presence channel
     */
    public RecordingLatteStreamTemplate stubUsers(String channel, String... userIds) {
        if (!ChannelNames.isPresence(requireChannel(channel))) {
            throw new IllegalArgumentException("Channel '" + channel + "' has no users: it must be presence-...");
        }
        List<PresenceUser> users =
                Arrays.stream(userIds).distinct().map(PresenceUser::new).toList();
        client.users.put(channel, users);
        return stubChannel(channel, new ChannelInfo(!users.isEmpty(), users.size(), users.size()));
    }

    // an event is what checks the names of channels
    private static String requireChannel(String channel) {
        return Event.of(channel, "stub", null).channels().get(0);
    }

    /** Forgets what was recorded, stubbed and set to fail. */
    public void clear() {
        client.events.clear();
        client.terminatedUsers.clear();
        client.failures.clear();
        client.channels.clear();
        client.users.clear();
    }
}
