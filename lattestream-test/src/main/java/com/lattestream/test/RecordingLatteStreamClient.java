package com.lattestream.test;

import com.lattestream.core.ChannelAttribute;
import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelInfo;
import com.lattestream.core.ClientToken;
import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.PresenceUser;
import com.lattestream.test.internal.channel.EventLog;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Records events, and responds as configured by the test. */
final class RecordingLatteStreamClient extends OfflineLatteStreamClient {

    private static final String SECRET = "lsk_recording_template";

    private static final String TOKEN = "lspc_recorded";

    static final int MAX_EVENTS = 10_000;

    final EventLog<ReceivedEvent> events = new EventLog<>(MAX_EVENTS, ReceivedEvent::data);

    final Queue<LatteStreamException> failures = new ConcurrentLinkedQueue<>();

    final Map<String, ChannelInfo> channels = new ConcurrentHashMap<>();

    final Map<String, List<PresenceUser>> users = new ConcurrentHashMap<>();

    final Queue<String> terminatedUsers = new ConcurrentLinkedQueue<>();

    private final JsonMapper jsonMapper;

    RecordingLatteStreamClient(JsonMapper jsonMapper) {
        super(SECRET, jsonMapper);
        this.jsonMapper = jsonMapper;
    }

    private void throwPendingFailure() {
        LatteStreamException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    protected void accept(List<Event> accepted) {
        throwPendingFailure();
        accepted.stream().map(ReceivedEvent::of).forEach(events::add);
    }

    @Override
    protected ChannelAuthorization authorize(String socketId, String channel, @Nullable PresenceMember member) {
        throwPendingFailure();
        return new ChannelAuthorization(TOKEN, member == null ? null : jsonMapper.writeValueAsString(member));
    }

    @Override
    protected ChannelInfo channelInfo(String channel, Set<ChannelAttribute> attributes) {
        throwPendingFailure();
        ChannelInfo info = channels.get(channel);
        return info == null ? super.channelInfo(channel, attributes) : selectAttributes(info, attributes);
    }

    @Override
    protected Map<String, ChannelInfo> channels(String prefix, Set<ChannelAttribute> attributes) {
        throwPendingFailure();
        Map<String, ChannelInfo> found = new TreeMap<>();
        channels.forEach((channel, info) -> {
            if (info.occupied() && channel.startsWith(prefix)) {
                found.put(channel, selectAttributes(info, attributes));
            }
        });
        return Map.copyOf(found);
    }

    // only the requested attributes, as the service does
    private static ChannelInfo selectAttributes(ChannelInfo info, Set<ChannelAttribute> attributes) {
        return new ChannelInfo(
                info.occupied(),
                attributes.contains(ChannelAttribute.USER_COUNT) ? info.userCount() : null,
                attributes.contains(ChannelAttribute.SUBSCRIPTION_COUNT) ? info.subscriptionCount() : null);
    }

    @Override
    protected List<PresenceUser> users(String channel) {
        throwPendingFailure();
        return users.getOrDefault(channel, List.of());
    }

    @Override
    protected void terminate(String userId) {
        throwPendingFailure();
        terminatedUsers.add(userId);
    }

    @Override
    protected ClientToken clientToken(ClientTokenRequest request) {
        throwPendingFailure();
        return new ClientToken(TOKEN, "Bearer", request.expiresIn().orElse(null), null);
    }
}
