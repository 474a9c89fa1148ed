package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Member;
import com.lattestream.test.internal.channel.TrafficObserver;
import com.lattestream.test.internal.rest.JsonErrors;
import com.lattestream.test.internal.socket.SocketObserver;
import com.lattestream.test.internal.webhook.WebhookDeliveryObserver;
import com.lattestream.test.internal.webhook.WebhookSender;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the activity of the engine as entries for the page. Long texts are truncated and marked accordingly.
 * Thread-safe.
 */
final class EntryRecorder implements TrafficObserver, SocketObserver, WebhookDeliveryObserver, RequestLog {

    /** Maximum number of characters of a payload; sufficient for all payloads that the service accepts. */
    static final int MAX_DATA = 32 * 1024;

    private static final int MAX_TEXT = 500;

    private static final int MAX_CHANNELS = 100;

    // the only frames of the engine that are not reported by another observer method
    private static final List<String> REFUSALS =
            List.of("{\"event\":\"lattestream:error\"", "{\"event\":\"lattestream:subscription_error\"");

    // not secrets, but of no use to readers
    private static final Pattern TOKENS = Pattern.compile("(discovery_token=)[^&]+");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final EntryLog entryLog;

    private final ConnectionRegistry connections;

    private final SecretMask secretMask;

    private final Clock clock;

    EntryRecorder(EntryLog entryLog, ConnectionRegistry connections, SecretMask secretMask, Clock clock) {
        this.entryLog = entryLog;
        this.connections = connections;
        this.secretMask = secretMask;
        this.clock = clock;
    }

    @Override
    public void log(Request request, Response response) {
        String path = request.getHttpURI().getPathQuery();
        if (path == null || ConsoleHandler.isConsolePath(request.getHttpURI().getPath())) {
            return;
        }
        ObjectNode entry = entry(
                        "call", request.getMethod() + " " + TOKENS.matcher(path).replaceAll("$1…"))
                .put("status", response.getStatus())
                .put("micros", NanoTime.since(request.getHeadersNanoTime()) / 1_000);
        Object reason = request.getAttribute(JsonErrors.MESSAGE);
        add(reason == null ? entry : entry.put("reason", shortened(reason.toString())));
    }

    @Override
    public void published(Event event, int reached) {
        ObjectNode entry = entry("event", event.name()).put("reached", reached);
        channels(entry, event.channels());
        event.excludedSocketId().ifPresent(socketId -> entry.put("excluded", shortened(socketId)));
        add(event.data() == null ? entry : data(entry, event.data().toString()));
    }

    @Override
    public void relayed(String channel, String event, JsonNode data, String socketId, int reached) {
        ObjectNode entry = entry("event", event)
                .put("reached", reached)
                .put("socket", socketId)
                .put("client", true);
        channels(entry, List.of(channel));
        add(data.isMissingNode() ? entry : data(entry, data.toString()));
    }

    @Override
    public void subscribed(String channel, String socketId, @Nullable Member member) {
        connections.subscribed(channel, socketId, member);
        ObjectNode entry = entry("connection", "Subscribed").put("socket", socketId);
        channels(entry, List.of(channel));
        if (member != null) {
            entry.put("user", shortened(member.id()));
            if (!member.info().isNull()) {
                data(entry, member.info().toString());
            }
        }
        add(entry);
    }

    @Override
    public void unsubscribed(String channel, String socketId) {
        connections.unsubscribed(channel, socketId);
        ObjectNode entry = entry("connection", "Unsubscribed").put("socket", socketId);
        channels(entry, List.of(channel));
        add(entry);
    }

    @Override
    public void opened(String socketId) {
        connections.opened(socketId, clock.millis());
    }

    @Override
    public void admitted(String socketId) {
        connections.admitted(socketId);
        add(entry("connection", "Connected").put("socket", socketId));
    }

    @Override
    public void received(String socketId) {
        connections.received(socketId);
    }

    @Override
    public void queued(String socketId, String frame) {
        connections.sent(socketId);
        if (REFUSALS.stream().anyMatch(frame::startsWith)) {
            JsonNode json = JSON.readTree(frame);
            ObjectNode entry = entry("connection", "Refused")
                    .put("socket", socketId)
                    .put("failed", true)
                    .put("reason", shortened(json.path("data").path("message").stringValue("")));
            String channel = json.path("channel").stringValue("");
            if (!channel.isEmpty()) {
                channels(entry, List.of(channel));
            }
            add(entry);
        }
    }

    @Override
    public void closed(String socketId, int code, String reason) {
        connections.closed(socketId);
        ObjectNode entry =
                entry("connection", "Disconnected").put("socket", socketId).put("code", code);
        add(reason.isEmpty() ? entry : entry.put("reason", shortened(reason)));
    }

    @Override
    public void attempted(
            URI target, byte[] body, int attempt, int status, @Nullable String failure, Duration duration) {
        ObjectNode entry = entry("webhook", "Webhook")
                .put("url", shortened(WebhookSender.redacted(target)))
                .put("attempt", attempt)
                .put("micros", duration.toNanos() / 1_000);
        if (failure == null) {
            entry.put("status", status);
        } else {
            entry.put("failed", true).put("reason", shortened(failure));
        }
        add(data(entry, new String(body, UTF_8)));
    }

    private ObjectNode entry(String kind, String title) {
        return JSON.createObjectNode()
                .put("at", clock.millis())
                .put("kind", kind)
                .put("title", shortened(title));
    }

    private static void channels(ObjectNode entry, List<String> channels) {
        ArrayNode names = entry.putArray("channels");
        channels.stream().limit(MAX_CHANNELS).map(EntryRecorder::shortened).forEach(names::add);
    }

    private static ObjectNode data(ObjectNode entry, String data) {
        return data.length() <= MAX_DATA
                ? entry.put("data", data)
                : entry.put("data", data.substring(0, MAX_DATA)).put("dataLength", data.length());
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    private void add(ObjectNode entry) {
        entryLog.add(secretMask.mask(entry.toString()));
    }
}
