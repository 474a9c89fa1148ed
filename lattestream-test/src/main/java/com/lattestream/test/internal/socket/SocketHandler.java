package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
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

/** Opens a WebSocket at {@code /} for who brings a discovery token; leaves other paths to others. */
public final class SocketHandler extends Handler.Abstract {

    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private static final long GOODBYE_MILLIS = 500;

    private final ServerWebSocketContainer container;

    private final DiscoveryTokens tokens;

    private final Connections connections;

    /**
     * Creates the handler.
     * @param server what it will be a handler of
     * @param publicKey what clients show in their first frame
     * @param tokens what opens a socket
     * @param access who may subscribe to private channels
     * @param channels what clients subscribe to
     * @param admissionTimeout how long a client may take to show the key
     * @param observer sees what happens on the sockets
     */
    public SocketHandler(
            Server server,
            PublicKey publicKey,
            DiscoveryTokens tokens,
            SubscriptionAccess access,
            Channels channels,
            Duration admissionTimeout,
            SocketObserver observer) {
        this.container = ServerWebSocketContainer.ensure(server);
        this.tokens = tokens;
        this.connections = new Connections(
                publicKey, access, channels, server.getThreadPool(), server.getScheduler(), admissionTimeout, observer);
        container.setMaxTextMessageSize(MAX_FRAME_BYTES);
        container.setMaxFrameSize(MAX_FRAME_BYTES);
        // The browser client pings after two minutes only, and not at all on a socket that it has forgotten; closing
        // such a socket makes it drop its good one.
        container.setIdleTimeout(Duration.ZERO);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!"/".equals(request.getHttpURI().getCanonicalPath())) {
            return false;
        }
        if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "Only a WebSocket can be opened here");
        } else if (!tokens.accepts(Request.extractQueryParameters(request).getValue("discovery_token"))) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.UNAUTHORIZED_401,
                    "discovery_token is missing, unknown or expired: ask /discover for one");
        } else if (!container.upgrade(
                (upgradeRequest, upgradeResponse, upgradeCallback) -> new SocketListener(connections),
                request,
                response,
                callback)) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400, "Not a WebSocket handshake");
        }
        return true;
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
