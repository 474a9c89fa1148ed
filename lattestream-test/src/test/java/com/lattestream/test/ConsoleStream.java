package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads the event stream of the console as a page does, with HTTP 1.0, which has no chunks. Reads no more than
 * requested.
 */
final class ConsoleStream implements AutoCloseable {

    private final Socket socket = new Socket();

    private final BufferedReader reader;

    private final List<JsonNode> entries = new ArrayList<>();

    long skipped;

    String lastId = "";

    /** The complete text read so far. */
    final StringBuilder text = new StringBuilder();

    private ConsoleStream(EmbeddedLatteStreamServer engine, String headers) throws IOException {
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), engine.port()), 5_000);
        String request = "GET /console/stream HTTP/1.0\r\nHost: " + engine.endpoint() + "\r\n" + headers + "\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    static ConsoleStream open(EmbeddedLatteStreamServer engine) {
        return open(engine, "");
    }

    static ConsoleStream openAfter(EmbeddedLatteStreamServer engine, String lastId) {
        return open(engine, "Last-Event-ID: " + lastId + "\r\n");
    }

    private static ConsoleStream open(EmbeddedLatteStreamServer engine, String headers) {
        try {
            return new ConsoleStream(engine, headers);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Returns the data of the next event with the name, and collects entries until then. */
    JsonNode next(String expected) {
        while (true) {
            String name = field("event: ");
            JsonNode data = SignedCall.parse(field("data: "));
            if (name.equals("entries")) {
                skipped += data.path("skipped").longValue();
                data.path("entries").forEach(entries::add);
            }
            if (name.equals(expected)) {
                return data;
            }
        }
    }

    /** Waits for the first matching entry and returns it. */
    JsonNode entry(Predicate<JsonNode> expected) {
        while (entries.stream().noneMatch(expected)) {
            next("entries");
        }
        return entries.stream().filter(expected).findFirst().orElseThrow();
    }

    JsonNode entry(String kind, String title) {
        return entry(entry -> entry.path("kind").stringValue().equals(kind)
                && entry.path("title").stringValue().equals(title));
    }

    /** Waits for the first matching state and returns it. */
    JsonNode state(Predicate<JsonNode> expected) {
        JsonNode state = next("state");
        while (!expected.test(state)) {
            state = next("state");
        }
        return state;
    }

    List<JsonNode> entries() {
        return entries;
    }

    boolean isEnded() {
        try {
            String line = reader.readLine();
            while (line != null) {
                line = reader.readLine();
            }
            return true;
        } catch (IOException ex) {
            return true;
        }
    }

    private String field(String prefix) {
        try {
            String line = reader.readLine();
            while (line != null && !line.startsWith(prefix)) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                }
                line = reader.readLine();
            }
            text.append(line).append('\n');
            return String.valueOf(line).substring(prefix.length());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
