package com.lattestream.test.internal.console;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.test.internal.access.OriginGuard;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.RandomTokens;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.channel.TrafficObserver;
import com.lattestream.test.internal.request.RequestBodies;
import com.lattestream.test.internal.socket.SocketObserver;
import com.lattestream.test.internal.webhook.WebhookDeliveryObserver;
import com.lattestream.test.internal.webhook.WebhookSender;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;

/** The console: records the activity of the engine and serves the page that displays it. Thread-safe. */
public final class Console {

    private final EntryLog entryLog = new EntryLog();

    private final ConnectionRegistry connections = new ConnectionRegistry();

    private final RandomTokens random = new RandomTokens();

    private final SecretMask secretMask;

    private final EntryRecorder recorder;

    /**
     * Creates a console without entries.
     * @param secret the secret, which is masked
     * @param clock determines the times of entries
     */
    public Console(LatteStreamSecret secret, Clock clock) {
        this.secretMask = new SecretMask(secret);
        this.recorder = new EntryRecorder(entryLog, connections, secretMask, clock);
    }

    /**
     * Returns the observer that records events and subscriptions.
     * @return an observer
     */
    public TrafficObserver traffic() {
        return recorder;
    }

    /**
     * Returns the observer that records connections.
     * @return an observer
     */
    public SocketObserver sockets() {
        return recorder;
    }

    /**
     * Returns the observer that records webhook deliveries.
     * @return an observer
     */
    public WebhookDeliveryObserver webhooks() {
        return recorder;
    }

    /**
     * Returns the log that records requests, except for those of the console.
     * @return a request log
     */
    public RequestLog calls() {
        return recorder;
    }

    /**
     * Creates the handler that serves the console.
     * @param server the server that the handler is added to
     * @param bindAddress address that the server listens on
     * @param publicKey public key for browsers
     * @param channels receives the events triggered on the page
     * @param webhooks provides the webhook URL
     * @param limits limits for events
     * @param origins checks the origins of requests
     * @param bodyTimeout maximum time for receiving the body of a request
     * @return a handler
     */
    public Handler handler(
            Server server,
            InetAddress bindAddress,
            PublicKey publicKey,
            Channels channels,
            WebhookSender webhooks,
            Limits limits,
            OriginGuard origins,
            Duration bodyTimeout) {
        String run = random.next();
        String token = random.next();
        SseClients clients =
                new SseClients(run, entryLog, connections, secretMask, server.getThreadPool(), server.getScheduler());
        ConsoleGreeting greeting = new ConsoleGreeting(run, token, publicKey.value(), bindAddress, webhooks::url);
        return new ConsoleHandler(
                new RequestGuard(origins, token),
                new SseEndpoint(run, entryLog, clients, greeting),
                new TriggerForm(channels, limits),
                new RequestBodies(bodyTimeout));
    }
}
