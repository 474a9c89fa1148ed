package com.lattestream.test.internal.webhook;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.test.internal.channel.ChannelObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends webhooks about channels to the application. Webhooks are signed and sent sequentially, and retried if they are
 * not accepted. Events that occur while a webhook is being sent are combined in the next one. Without a URL, events are
 * discarded. Thread-safe.
 */
public final class WebhookSender implements ChannelObserver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int MAX_QUEUED = 10_000;

    private static final int MAX_BATCH_SIZE = 100;

    private static final int MAX_ATTEMPTS = 6;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final BlockingQueue<ObjectNode> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

    private final WebhookSigner signer;

    private final Clock clock;

    private final WebhookDeliveryObserver observer;

    private @Nullable Thread thread;

    private volatile @Nullable Target target;

    /**
     * Creates a sender without a URL.
     * @param secret secret that webhooks are signed with
     * @param clock determines the time of webhooks
     * @param observer observes the attempts
     */
    public WebhookSender(String secret, Clock clock, WebhookDeliveryObserver observer) {
        this.signer = new WebhookSigner(secret);
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Sets the URL that webhooks are sent to.
     * @param url the URL; null to send no webhooks
     * @param sslContext SSL context of connections to the URL; null for the default of the JVM
     */
    public synchronized void url(@Nullable URI url, @Nullable SSLContext sslContext) {
        this.target = url == null ? null : Target.of(url, sslContext);
        if (url != null && thread == null) {
            thread = new Thread(this::run, "lattestream-engine-webhooks");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Returns the URL that webhooks are sent to.
     * @return the URL; empty if webhooks are not sent
     */
    public Optional<URI> url() {
        return Optional.ofNullable(target).map(Target::url);
    }

    @Override
    public void occupied(String channel) {
        add(json(new WebhookEvent.ChannelOccupied(channel), channel));
    }

    @Override
    public void vacated(String channel) {
        add(json(new WebhookEvent.ChannelVacated(channel), channel));
    }

    @Override
    public void subscriptionCount(String channel, int count) {
        add(json(new WebhookEvent.SubscriptionCount(channel, count), channel).put("subscription_count", count));
    }

    @Override
    public void memberAdded(String channel, String userId) {
        add(json(new WebhookEvent.MemberAdded(channel, userId), channel).put("user_id", userId));
    }

    @Override
    public void memberRemoved(String channel, String userId) {
        add(json(new WebhookEvent.MemberRemoved(channel, userId), channel).put("user_id", userId));
    }

    @Override
    public void clientEvent(String channel, String event, String data, String socketId, @Nullable String userId) {
        ObjectNode node = json(new WebhookEvent.ClientEvent(channel, event, data, socketId, userId), channel)
                .put("event", event)
                .put("data", data)
                .put("socket_id", socketId);
        add(userId == null ? node : node.put("user_id", userId));
    }

    // the names of the events are those that the client library parses
    private static ObjectNode json(WebhookEvent event, String channel) {
        return JSON.createObjectNode().put("name", event.name()).put("channel", channel);
    }

    private void add(ObjectNode event) {
        if (target != null && !queue.offer(event)) {
            log.warn(
                    "Webhook queue is full ({} events); discarding an event. Check whether the application responds to"
                            + " webhooks in time",
                    MAX_QUEUED);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<ObjectNode> events = new ArrayList<>();
                events.add(queue.take());
                queue.drainTo(events, MAX_BATCH_SIZE - 1);
                deliverOrReport(body(events));
            }
        } catch (InterruptedException ex) {
            log.debug("Stopped sending webhooks; discarding {} queued event(s)", queue.size());
        }
    }

    // a failure of one webhook must not prevent the following ones
    private void deliverOrReport(byte[] body) throws InterruptedException {
        try {
            deliver(body);
        } catch (RuntimeException ex) {
            log.error("Could not send a webhook; it is discarded", ex);
        }
    }

    private byte[] body(List<ObjectNode> events) {
        ObjectNode payload = JSON.createObjectNode().put("time_ms", clock.millis());
        ArrayNode array = payload.putArray("events");
        events.forEach(array::add);
        return JSON.writeValueAsBytes(payload);
    }

    // retries send the same bytes, so that the application can detect duplicates
    private void deliver(byte[] body) throws InterruptedException {
        Duration delay = FIRST_DELAY;
        for (int attempt = 1; ; attempt++) {
            Target current = target;
            if (current == null || isAccepted(current.http(), current.url(), body, attempt)) {
                return;
            }
            if (attempt == MAX_ATTEMPTS) {
                log.warn(
                        "Discarding a webhook after {} attempts: {} did not accept it. Check its responses in the log of the"
                                + " application or in the console",
                        MAX_ATTEMPTS,
                        redacted(current.url()));
                return;
            }
            Thread.sleep(delay.toMillis());
            delay = delay.multipliedBy(2);
        }
    }

    private boolean isAccepted(HttpClient http, URI url, byte[] body, int attempt) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-LatteStream-Signature", signer.sign(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        long start = System.nanoTime();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            observer.attempted(url, body, attempt, status, null, since(start));
            if (status >= 200 && status < 300) {
                return true;
            }
            log.info(
                    "Webhook attempt {} of {} failed: {} responded with status {}",
                    attempt,
                    MAX_ATTEMPTS,
                    redacted(url),
                    status);
        } catch (IOException ex) {
            observer.attempted(url, body, attempt, 0, ex.toString(), since(start));
            log.info(
                    "Webhook attempt {} of {} failed: could not connect to {}: {}",
                    attempt,
                    MAX_ATTEMPTS,
                    redacted(url),
                    ex.toString());
        }
        return false;
    }

    /**
     * Returns a URL without user information and query, which may contain secrets.
     * @param target the URL
     * @return scheme, host, port and path
     */
    public static String redacted(URI target) {
        String path = target.getRawPath() == null ? "" : target.getRawPath();
        String host = String.valueOf(target.getRawAuthority());
        return target.getScheme() + "://" + host.substring(host.lastIndexOf('@') + 1) + path;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Stops sending immediately; queued events are discarded. */
    @Override
    public synchronized void close() {
        target = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private record Target(URI url, HttpClient http) {

        static Target of(URI url, @Nullable SSLContext sslContext) {
            HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(TIMEOUT);
            if (sslContext != null) {
                http.sslContext(sslContext);
            }
            return new Target(url, http.build());
        }
    }
}
