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
 * Opens WebSockets at {@code /} for clients with a discovery token, or with a client token in the first frame; other
 * paths are left to the next handler. Only text frames are supported: binary frames are optional for servers, and
 * browser clients may process them before earlier text frames.
 */
public final class SocketHandler extends Handler.Abstract {

    private static final String TOKEN = "discovery_token";

    // the browser client sends up to ten events in one frame
    private static final int MAX_EVENTS_PER_FRAME = 16;

    private static final int MIN_FRAME_BYTES = 64 * 1024;

    private static final long CLOSE_TIMEOUT_MILLIS = 500;

    private final ServerWebSocketContainer container;

    private final DiscoveryTokens tokens;

    private final Connections connections;

    private final Heartbeat heartbeat;

    /**
     * Creates the handler.
     * @param server the server that the handler is added to
     * @param publicKey public key that clients send in their first frame
     * @param discoveryTokens verifies discovery tokens
     * @param clientTokens verifies client tokens, which replace both
     * @param access verifies authorizations of subscriptions
     * @param channels the channels
     * @param limits limits for connections and events
     * @param timeouts timeouts of connections
     * @param observer observes the connections
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
                new ConnectionAuthenticator(publicKey, clientTokens),
                channels,
                new ClientFrames(access, channels, limits),
                server.getThreadPool(),
                server.getScheduler(),
                limits.maxConnections(),
                timeouts,
                observer);
        this.heartbeat = new Heartbeat(server.getScheduler(), timeouts, connections::pingIdle);
        long maxFrameBytes = Math.max(MIN_FRAME_BYTES, (long) MAX_EVENTS_PER_FRAME * limits.maxPayloadBytes());
        container.setMaxTextMessageSize(maxFrameBytes);
        container.setMaxBinaryMessageSize(maxFrameBytes);
        container.setMaxFrameSize(maxFrameBytes);
        // The browser client pings only after two minutes, and does not ping an abandoned socket at all; closing such a
        // socket makes the client drop its current one. The heartbeat detects clients that have disappeared.
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
            refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "Only WebSocket handshakes are supported for this path");
        } else if (token != null && !tokens.accepts(token)) {
            String message = TOKEN + " is unknown or expired: request one from /discover";
            refuse(request, response, callback, HttpStatus.UNAUTHORIZED_401, message);
        } else if (connections.isFull()) {
            refuse(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "There are too many connections");
        } else if (!container.upgrade(
                // whether the token is required depends on the key in the first frame
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

    /** Drops all WebSockets without a close frame. */
    public void dropSockets() {
        connections.drop();
    }

    /**
     * Sends a close frame to all clients and waits for a short time until they have been sent; slow clients are not
     * waited for. New sockets are prevented by stopping the server next.
     */
    public void closeSockets() {
        CompletableFuture<?>[] closed = container.getOpenSessions().stream()
                .map(SocketHandler::closeGracefully)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(closed)
                .completeOnTimeout(null, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static CompletableFuture<@Nullable Void> closeGracefully(Session session) {
        CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
        Runnable done = () -> closed.complete(null);
        session.close(
                StatusCode.SHUTDOWN,
                "The engine is closing",
                org.eclipse.jetty.websocket.api.Callback.from(done, failed -> done.run()));
        return closed;
    }
}
