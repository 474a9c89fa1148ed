package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket at {@code /} for who brings a discovery token, or will show a client token; leaves other paths to
 * others. Text only: binary frames are optional for a server, and browser clients may let them overtake text.
 */
public final class SocketHandler extends Handler.Abstract {

    private static final String TOKEN = "discovery_token";

    // a browser client sends up to ten events in one frame
    private static final int EVENTS_IN_A_FRAME = 16;

    private static final int MIN_FRAME_BYTES = 64 * 1024;

    private static final long GOODBYE_MILLIS = 500;

    private final ServerWebSocketContainer container;

    private final DiscoveryTokens tokens;

    private final Connections connections;

    private final Heartbeat heartbeat;

    /**
     * Creates the handler.
     * @param server what it will be a handler of
     * @param publicKey what clients show in their first frame
     * @param discoveryTokens what opens a socket for them
     * @param clientTokens what clients may show instead of both
     * @param access who may subscribe to private channels
     * @param channels what clients subscribe to
     * @param limits how many sockets there may be, and how much they may send
     * @param timeouts how long clients may be silent
     * @param observer sees what happens on the sockets
     */
    public SocketHandler(
            Server server,
            PublicKey publicKey,
            DiscoveryTokens discoveryTokens,
            ClientTokens clientTokens,
            SubscriptionAccess access,
            Channels channels,
            Limits limits,
            SocketTimeouts timeouts,
            SocketObserver observer) {
        this.container = ServerWebSocketContainer.ensure(server);
        this.tokens = discoveryTokens;
        this.connections = new Connections(
                new Admission(publicKey, clientTokens),
                channels,
                new ClientFrames(access, channels, limits),
                server.getThreadPool(),
                server.getScheduler(),
                limits.maxConnections(),
                timeouts,
                observer);
        this.heartbeat = new Heartbeat(server.getScheduler(), timeouts, connections::ask);
        long maxFrameBytes = Math.max(MIN_FRAME_BYTES, (long) EVENTS_IN_A_FRAME * limits.maxPayloadBytes());
        container.setMaxTextMessageSize(maxFrameBytes);
        container.setMaxBinaryMessageSize(maxFrameBytes);
        container.setMaxFrameSize(maxFrameBytes);
        // The browser client pings after two minutes only, and not at all on a socket that it has forgotten; closing
        // such a socket makes it drop its good one. The heartbeat finds those that are gone.
        container.setIdleTimeout(Duration.ZERO);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        heartbeat.start();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!"/".equals(request.getHttpURI().getPath())) {
            return false;
        }
        String token = Request.extractQueryParameters(request).getValue(TOKEN);
        if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            refuse(request, response, callback, HttpStatus.UPGRADE_REQUIRED_426, "Only a WebSocket can be opened here");
        } else if (token != null && !tokens.accepts(token)) {
            String message = TOKEN + " is unknown or expired: ask /discover for one";
            refuse(request, response, callback, HttpStatus.UNAUTHORIZED_401, message);
        } else if (connections.areTooMany()) {
            refuse(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "There are too many connections");
        } else if (!container.upgrade(
                // whether it may do without the token depends on the key, which comes later
                (upgradeRequest, upgradeResponse, upgradeCallback) -> new SocketListener(connections, token != null),
                request,
                response,
                callback)) {
            refuse(request, response, callback, HttpStatus.BAD_REQUEST_400, "Not a WebSocket handshake");
        }
        return true;
    }

    private static void refuse(Request request, Response response, Callback callback, int status, String message) {
        Response.writeError(request, response, callback, status, message);
    }

    /** Cuts all sockets off, without a word. */
    public void dropSockets() {
        connections.drop();
    }

    /**
     * Tells all clients that the engine goes away, and waits a moment for that to be sent: who does not read is not
     * waited for. New sockets are up to the server, which is to be stopped next.
     */
    public void closeSockets() {
        CompletableFuture<?>[] told = container.getOpenSessions().stream()
                .map(SocketHandler::sayGoodbye)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(told)
                .completeOnTimeout(null, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static CompletableFuture<@Nullable Void> sayGoodbye(Session session) {
        CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
        Runnable done = () -> told.complete(null);
        session.close(
                StatusCode.SHUTDOWN,
                "The engine is closing",
                org.eclipse.jetty.websocket.api.Callback.from(done, failed -> done.run()));
        return told;
    }
}
