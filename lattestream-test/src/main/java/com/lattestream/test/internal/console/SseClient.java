package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Server-sent event stream of one open page. It keeps its position in the log, and has at most one pending message. A
 * page that reads too slowly misses entries, and is informed of their number. Used by one thread at a time.
 */
final class SseClient {

    private static final int MAX_ENTRIES = 1_000;

    private static final int MAX_CHARACTERS = 512 * 1024;

    // keep-alive interval: detects closed pages, and prevents timeouts of open ones
    private static final int KEEP_ALIVE_TICKS = 50;

    private final Response response;

    private final Callback callback;

    private final SseClients clients;

    private final AtomicBoolean writing = new AtomicBoolean();

    private final StringBuilder message = new StringBuilder();

    private long last;

    private long connectionsVersion = -1;

    private int idleTicks;

    SseClient(Response response, Callback callback, SseClients clients, String hello, long last) {
        this.response = response;
        this.callback = callback;
        this.clients = clients;
        this.last = last;
        event("hello", hello);
    }

    /** Sends new entries and states, unless a message is still pending. */
    void send(String run, EntryLog entryLog, SseClients.State state) {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        EntryLog.Slice slice = entryLog.after(last, MAX_ENTRIES, MAX_CHARACTERS);
        if (!slice.entries().isEmpty()) {
            last = slice.last();
            message.append("id: ").append(run).append(':').append(last).append('\n');
            event(
                    "entries",
                    "{\"skipped\":" + slice.skipped() + ",\"entries\":[" + String.join(",", slice.entries()) + "]}");
        }
        if (state.version() != connectionsVersion) {
            connectionsVersion = state.version();
            event("state", state.json());
        }
        if (message.isEmpty() && ++idleTicks >= KEEP_ALIVE_TICKS) {
            message.append(":\n\n");
        }
        if (message.isEmpty()) {
            writing.set(false);
            return;
        }
        idleTicks = 0;
        ByteBuffer bytes = ByteBuffer.wrap(message.toString().getBytes(UTF_8));
        message.setLength(0);
        response.write(false, bytes, Callback.from(() -> writing.set(false), this::fail));
    }

    /** Ends the response, so that the page reconnects. */
    void close() {
        if (writing.compareAndSet(false, true)) {
            response.write(true, ByteBuffer.allocate(0), callback);
        } else {
            callback.failed(new EofException("The engine is closing"));
        }
    }

    // the JSON contains no line breaks
    private void event(String name, String json) {
        message.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }

    private void fail(Throwable cause) {
        clients.remove(this);
        callback.failed(cause);
    }
}
