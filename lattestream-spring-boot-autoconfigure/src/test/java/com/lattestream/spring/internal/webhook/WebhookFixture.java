package com.lattestream.spring.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A processor of webhooks without an application, and everything that it does. */
public final class WebhookFixture implements WebhookOutcomeListener {

    public static final String PATH = "/webhooks/lattestream";

    /** The time of {@link #BODY}, and the current time of the processor. */
    public static final Instant NOW = Instant.ofEpochMilli(1_674_123_456_789L);

    public static final byte[] BODY =
            "{\"time_ms\":1674123456789,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}"
                    .getBytes(UTF_8);

    private static final WebhookSigner SIGNER = new WebhookSigner("lsk_test_of_webhooks");

    /** The events that listeners of the application have received. */
    public final List<Object> published = new CopyOnWriteArrayList<>();

    /** The outcomes that metrics count. */
    public final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    /** The events that metrics count. */
    public final List<WebhookEvent> counted = new CopyOnWriteArrayList<>();

    /** The threads on which signatures were verified. */
    public final List<String> verifyingThreads = new CopyOnWriteArrayList<>();

    /** The exception of the listeners; null if they do not fail. */
    public volatile @Nullable RuntimeException failure;

    public volatile WebhookReplayGuard guard = new CaffeineWebhookReplayGuard(Duration.ofMinutes(10));

    public final WebhookProcessor processor = new WebhookProcessor(
            new WebhookVerifier(List.of(this::verify), Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC)),
            new WebhookReplayGuard() {

                @Override
                public Claim claim(String id) {
                    return guard.claim(id);
                }

                @Override
                public void complete(String id) {
                    guard.complete(id);
                }

                @Override
                public void release(String id) {
                    guard.release(id);
                }
            },
            new WebhookDispatcher(this::publish, Runnable::run),
            this,
            PATH);

    /** Returns the signature of a body. */
    public static String sign(byte[] body) {
        return SIGNER.sign(body);
    }

    /** Returns a delivery of {@link #BODY}. */
    public WebhookDelivery delivery() {
        return (WebhookDelivery) processor.begin(BODY);
    }

    private boolean verify(byte[] body, @Nullable String signature) {
        verifyingThreads.add(Thread.currentThread().getName());
        return SIGNER.verify(body, signature);
    }

    private void publish(Object event) {
        RuntimeException reason = failure;
        if (reason != null) {
            throw reason;
        }
        published.add(event);
    }

    @Override
    public void onOutcome(Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void onEvents(List<WebhookEvent> events) {
        counted.addAll(events);
    }
}
