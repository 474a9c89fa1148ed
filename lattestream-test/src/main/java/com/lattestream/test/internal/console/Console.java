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
import com.lattestream.test.internal.webhook.WebhookObserver;
import com.lattestream.test.internal.webhook.WebhookSender;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;

/** The console: what it writes down, and the page that shows it. Thread-safe. */
public final class Console {

    private final History history = new History();

    private final Roster roster = new Roster();

    private final RandomTokens random = new RandomTokens();

    private final Masking masking;

    private final Recorder recorder;

    /**
     * Creates it with nothing written down.
     * @param secret what is never shown
     * @param clock tells when something happened
     */
    public Console(LatteStreamSecret secret, Clock clock) {
        this.masking = new Masking(secret);
        this.recorder = new Recorder(history, roster, masking, clock);
    }

    /**
     * Returns what writes down events and subscriptions.
     * @return an observer
     */
    public TrafficObserver traffic() {
        return recorder;
    }

    /**
     * Returns what writes down connections.
     * @return an observer
     */
    public SocketObserver sockets() {
        return recorder;
    }

    /**
     * Returns what writes down webhooks.
     * @return an observer
     */
    public WebhookObserver webhooks() {
        return recorder;
    }

    /**
     * Returns what writes down requests, except the console's own.
     * @return a request log
     */
    public RequestLog calls() {
        return recorder;
    }

    /**
     * Returns what serves the page.
     * @param server what it will be a handler of
     * @param bindAddress where that listens
     * @param publicKey what browsers connect with
     * @param channels where the page's own events go
     * @param webhooks knows where webhooks go
     * @param limits how large an event may be
     * @param origins knows the pages of the engine itself
     * @param bodyTimeout how long the body of a request may take to arrive
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
        Viewers viewers = new Viewers(run, history, roster, masking, server.getThreadPool(), server.getScheduler());
        ConsoleGreeting greeting = new ConsoleGreeting(run, token, publicKey.value(), bindAddress, webhooks::url);
        return new ConsoleHandler(
                new RequestGuard(origins, token),
                new Stream(run, history, viewers, greeting),
                new TriggerForm(channels, limits),
                new RequestBodies(bodyTimeout));
    }
}
