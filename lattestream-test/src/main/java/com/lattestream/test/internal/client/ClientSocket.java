package com.lattestream.test.internal.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** WebSocket to an engine, opened with a discovery token and authenticated with the public key. Thread-safe. */
public final class ClientSocket {

    private static final int NORMAL_CLOSURE = 1000;

    private static final int MESSAGE_TOO_BIG = 1009;

    private static final int ABNORMAL_CLOSURE = 1006;

    private static final int MAX_FRAME_CHARACTERS = 16 * 1024 * 1024;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Duration timeout;

    private final WebSocket socket;

    private final Incoming incoming;

    private ClientSocket(WebSocket socket, Incoming incoming, Duration timeout) {
        this.socket = socket;
        this.incoming = incoming;
        this.timeout = timeout;
    }

    /** Receives the frames of a socket. Methods are invoked sequentially. */
    public interface Listener {

        /**
         * Invoked for each frame.
         * @param text the frame
         */
        void received(String text);

        /**
         * Invoked once after the socket has been closed.
         * @param code the close code; 1006 if the connection was lost
         * @param reason the reason
         */
        void closed(int code, String reason);
    }

    /**
     * Requests a discovery token, opens a socket with it, and sends the public key.
     * @param address the address
     * @param publicKey the public key
     * @param listener receives the frames
     * @param timeout maximum time for each step
     * @return the socket
     * @throws IllegalStateException if a step fails
     */
    public static ClientSocket open(ClientAddress address, String publicKey, Listener listener, Duration timeout) {
        ClientHttp.Response discovered = ClientHttp.send(HttpRequest.newBuilder(address.discovery(publicKey))
                .timeout(timeout)
                .build());
        String token = discovered.json().path("discovery_token").asString("");
        if (!discovered.isSuccessful() || token.isEmpty()) {
            throw new IllegalStateException("Discovery returned no token: " + discovered);
        }
        URI uri = address.socket(token, discovered.json());
        Incoming incoming = new Incoming(listener);
        WebSocket socket = await(
                ClientHttp.CLIENT.newWebSocketBuilder().connectTimeout(timeout).buildAsync(uri, incoming),
                timeout,
                "Could not open a WebSocket to " + uri.getAuthority());
        ClientSocket opened = new ClientSocket(socket, incoming, timeout);
        opened.send("{\"api_key\":\"" + publicKey + "\"}");
        return opened;
    }

    /**
     * Sends a frame.
     * @param text the frame
     * @throws IllegalStateException if that fails
     */
    public synchronized void send(String text) {
        await(socket.sendText(text, true), timeout, "Could not send a frame");
    }

    /** Sends a close frame, waits briefly for the response, and closes the connection. */
    public synchronized void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(NORMAL_CLOSURE, "");
        }
        incoming.closed
                .copy()
                .completeOnTimeout(null, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        socket.abort();
        incoming.end(ABNORMAL_CLOSURE, "Closed by the client");
    }

    private static <T> T await(CompletableFuture<T> step, Duration timeout, String failing) {
        try {
            return step.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException ex) {
            throw new IllegalStateException(failing + ": " + ex.getCause(), ex);
        } catch (TimeoutException ex) {
            throw new IllegalStateException(failing + " within " + timeout, ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failing + ": interrupted", ex);
        }
    }

    /** Assembles frames from their fragments. */
    private static final class Incoming implements WebSocket.Listener {

        private final AtomicBoolean ended = new AtomicBoolean();

        private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

        private final Listener listener;

        // methods are invoked by one thread at a time
        private final StringBuilder partial = new StringBuilder();

        private Incoming(Listener listener) {
            this.listener = listener;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (partial.length() + data.length() > MAX_FRAME_CHARACTERS) {
                socket.abort();
                end(MESSAGE_TOO_BIG, "A frame has more than " + MAX_FRAME_CHARACTERS + " characters");
                return null;
            }
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                listener.received(text);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end(ABNORMAL_CLOSURE, error.toString());
        }

        private void end(int code, String reason) {
            if (ended.compareAndSet(false, true)) {
                listener.closed(code, reason);
                // last, because the thread that closes the socket continues after this
                closed.complete(null);
            }
        }
    }
}
