package com.lattestream.samples.benchmark.fresh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service that records the age of the values that arrive. While it is down, it closes each connection. */
final class ValueService implements AutoCloseable {

    // the data of an event is JSON within JSON
    private static final Pattern VALUE = Pattern.compile("\"\\{\\\\\"at\\\\\":(\\d+)\\}\"");

    private final HttpServer server;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "value-service");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Arrival> arrivals = new ArrayList<>();

    private long requests;

    private volatile boolean down;

    ValueService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!down) {
                record(body);
                byte[] response = "{}".getBytes(UTF_8);
                exchange.sendResponseHeaders(200, response.length);
                exchange.getResponseBody().write(response);
            }
        }
    }

    private synchronized void record(String body) {
        long now = System.nanoTime();
        Matcher value = VALUE.matcher(body);
        boolean found = false;
        while (value.find()) {
            found = true;
            arrivals.add(new Arrival(now, now - Long.parseLong(value.group(1))));
        }
        if (found) {
            requests++;
        }
    }

    String endpoint() {
        return "localhost:" + server.getAddress().getPort();
    }

    /** Closes each connection from now on, or handles requests again. */
    void down(boolean isDown) {
        down = isDown;
    }

    /** Returns the values that have arrived, in order. */
    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Returns the number of requests with values that were accepted. */
    synchronized long requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * A value that has arrived.
     *
     * @param at the time of its arrival, as of {@link System#nanoTime}
     * @param age the time in nanoseconds since it was triggered
     */
    record Arrival(long at, long age) {}
}
