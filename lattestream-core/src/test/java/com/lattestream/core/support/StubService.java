package com.lattestream.core.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A service on a real socket that records requests and sends configured responses. */
public final class StubService implements AutoCloseable {

    private final HttpServer server;

    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stub-service");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private volatile Function<Request, Reply> answer = request -> Reply.json("{}");

    public StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(flat(exchange.getRequestHeaders())),
                    exchange.getRequestBody().readAllBytes(),
                    exchange.getRemoteAddress().getPort());
            requests.add(request);
            Reply reply = answer.apply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(reply.body());
            }
        }
    }

    private static Map<String, String> flat(Headers headers) {
        Map<String, String> flat = new java.util.HashMap<>();
        headers.forEach((name, values) -> flat.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        return flat;
    }

    /** Responds to all further requests with this function. It runs on a thread for each request and may block. */
    public StubService answer(Function<Request, Reply> newAnswer) {
        this.answer = newAnswer;
        return this;
    }

    /** Responds to further requests with these replies in order, and then with the last one again. */
    public StubService answerInTurn(Reply... replies) {
        List<Reply> left = new ArrayList<>(List.of(replies));
        return answer(request -> {
            synchronized (left) {
                return left.size() > 1 ? left.remove(0) : left.get(0);
            }
        });
    }

    /** Responds to all further requests with this text, as soon as the returned latch is counted down. */
    public CountDownLatch answerWhenReleased(String body) {
        CountDownLatch release = new CountDownLatch(1);
        answer(request -> {
            try {
                release.await();
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            return Reply.json(body);
        });
        return release;
    }

    public String endpoint() {
        return "localhost:" + server.getAddress().getPort();
    }

    /** Returns the requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** A received request; header names are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, byte[] body, int connection) {

        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** A response. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {

        public static Reply json(String body) {
            return of(200, body);
        }

        public static Reply of(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
        }

        public Reply with(String header, String value) {
            Map<String, String> all = new java.util.HashMap<>(headers);
            all.put(header, value);
            return new Reply(status, Map.copyOf(all), body);
        }
    }
}
