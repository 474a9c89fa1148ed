package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One page that is open. It keeps its place in the history, and has one message on its way at most: who reads slowly is
 * not waited for, misses what has gone meanwhile, and is told how much. Its state is for one thread at a time.
 */
final class Viewer {

    private static final int MAX_ENTRIES = 1_000;

    private static final int MAX_CHARACTERS = 512 * 1024;

    // so that a page that is gone is noticed, and one that is there is not taken for gone
    private static final int TICKS_OF_SILENCE = 50;

    private final Response response;

    private final Callback callback;

    private final Viewers viewers;

    private final AtomicBoolean writing = new AtomicBoolean();

    private final StringBuilder message = new StringBuilder();

    private long last;

    private long rosterVersion = -1;

    private int silence;

    Viewer(Response response, Callback callback, Viewers viewers, String hello, long last) {
        this.response = response;
        this.callback = callback;
        this.viewers = viewers;
        this.last = last;
        event("hello", hello);
    }

    /** Sends what is new, unless something is still on its way. */
    void send(String run, History history, Viewers.State state) {
        if (!writing.compareAndSet(false, true)) {
            return;
        }
        History.Slice news = history.after(last, MAX_ENTRIES, MAX_CHARACTERS);
        if (!news.entries().isEmpty()) {
            last = news.last();
            message.append("id: ").append(run).append(':').append(last).append('\n');
            event(
                    "entries",
                    "{\"skipped\":" + news.skipped() + ",\"entries\":[" + String.join(",", news.entries()) + "]}");
        }
        if (state.version() != rosterVersion) {
            rosterVersion = state.version();
            event("state", state.json());
        }
        if (message.isEmpty() && ++silence >= TICKS_OF_SILENCE) {
            message.append(":\n\n");
        }
        if (message.isEmpty()) {
            writing.set(false);
            return;
        }
        silence = 0;
        ByteBuffer bytes = ByteBuffer.wrap(message.toString().getBytes(UTF_8));
        message.setLength(0);
        response.write(false, bytes, Callback.from(() -> writing.set(false), this::fail));
    }

    /** Ends the answer, so that the page tries again elsewhere or later. */
    void close() {
        if (writing.compareAndSet(false, true)) {
            response.write(true, ByteBuffer.allocate(0), callback);
        } else {
            callback.failed(new EofException("The engine is closing"));
        }
    }

    // JSON has no line breaks of its own
    private void event(String name, String json) {
        message.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }

    private void fail(Throwable cause) {
        viewers.remove(this);
        callback.failed(cause);
    }
}
