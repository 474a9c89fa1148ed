package com.lattestream.test.internal.webhook;

import com.lattestream.core.crypto.WebhookSigner;
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
 * Posts what happens on channels to the application: signed, one webhook after another, and again where it is not taken.
 * What happens while one is on its way goes together in the next. Without an address nothing is kept. Thread-safe.
 */
public final class WebhookSender implements ChannelObserver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final int MAX_WAITING = 10_000;

    private static final int MAX_TOGETHER = 100;

    private static final int ATTEMPTS = 6;

    private static final Duration FIRST_DELAY = Duration.ofMillis(100);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final BlockingQueue<ObjectNode> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

    private final WebhookSigner signer;

    private final Clock clock;

    private final WebhookObserver observer;

    private @Nullable Thread thread;

    private volatile @Nullable Target target;

    /**
     * Creates a sender.
     * @param secret what webhooks are signed with
     * @param clock tells their time
     * @param observer sees each attempt
     */
    public WebhookSender(String secret, Clock clock, WebhookObserver observer) {
        this.signer = new WebhookSigner(secret);
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Sets where to post to.
     * @param url an address of the application; null for nowhere
     * @param sslContext the SSL context of connections to the address; null for the JVM's default
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
     * Returns where it posts to.
     * @return the address, if there is one
     */
    public Optional<URI> url() {
        return Optional.ofNullable(target).map(Target::url);
    }

    @Override
    public void occupied(String channel) {
        add(event("channel_occupied", channel));
    }

    @Override
    public void vacated(String channel) {
        add(event("channel_vacated", channel));
    }

    @Override
    public void subscriptionCount(String channel, int count) {
        add(event("subscription_count", channel).put("subscription_count", count));
    }

    @Override
    public void memberAdded(String channel, String userId) {
        add(event("member_added", channel).put("user_id", userId));
    }

    @Override
    public void memberRemoved(String channel, String userId) {
        add(event("member_removed", channel).put("user_id", userId));
    }

    @Override
    public void clientEvent(String channel, String event, String data, String socketId, @Nullable String userId) {
        ObjectNode node = event("client_event", channel)
                .put("event", event)
                .put("data", data)
                .put("socket_id", socketId);
        add(userId == null ? node : node.put("user_id", userId));
    }

    private static ObjectNode event(String name, String channel) {
        return JSON.createObjectNode().put("name", name).put("channel", channel);
    }

    private void add(ObjectNode event) {
        if (target != null && !waiting.offer(event)) {
            log.warn("A webhook event is left out: {} wait already", MAX_WAITING);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<ObjectNode> events = new ArrayList<>();
                events.add(waiting.take());
                waiting.drainTo(events, MAX_TOGETHER - 1);
                deliverOrReport(body(events));
            }
        } catch (InterruptedException ex) {
            log.debug("No more webhooks: {} event(s) are left", waiting.size());
        }
    }

    // whatever is wrong with one is not to be the end of the others
    private void deliverOrReport(byte[] body) throws InterruptedException {
        try {
            deliver(body);
        } catch (RuntimeException ex) {
            log.error("A webhook cannot be sent", ex);
        }
    }

    private byte[] body(List<ObjectNode> events) {
        ObjectNode payload = JSON.createObjectNode().put("time_ms", clock.millis());
        ArrayNode array = payload.putArray("events");
        events.forEach(array::add);
        return JSON.writeValueAsBytes(payload);
    }

    // the same bytes each time, so that the application knows them again
    private void deliver(byte[] body) throws InterruptedException {
        Duration delay = FIRST_DELAY;
        for (int attempt = 1; ; attempt++) {
            Target current = target;
            if (current == null || isTaken(current.http(), current.url(), body, attempt)) {
                return;
            }
            if (attempt == ATTEMPTS) {
                log.warn(
                        "A webhook is given up after {} attempts: {} does not take it", ATTEMPTS, shown(current.url()));
                return;
            }
            Thread.sleep(delay.toMillis());
            delay = delay.multipliedBy(2);
        }
    }

    private boolean isTaken(HttpClient http, URI url, byte[] body, int attempt) throws InterruptedException {
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
            log.info("A webhook was answered {} by {}", status, shown(url));
        } catch (IOException ex) {
            observer.attempted(url, body, attempt, 0, ex.toString(), since(start));
            log.info("A webhook did not reach {}: {}", shown(url), ex.toString());
        }
        return false;
    }

    /**
     * Shows an address without what may be secret in it.
     * @param target the address
     * @return scheme, host, port and path
     */
    public static String shown(URI target) {
        String path = target.getRawPath() == null ? "" : target.getRawPath();
        String host = String.valueOf(target.getRawAuthority());
        return target.getScheme() + "://" + host.substring(host.lastIndexOf('@') + 1) + path;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Ends at once; what waits is left. */
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
