package com.lattestream.spring.boot.autoconfigure;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A server that records requests, and responds with an empty object by default. */
public final class StubService implements AutoCloseable {

    public record Request(String method, String path, Headers headers, String body) {

        public String authorization() {
            return headers.getFirst("Authorization");
        }
    }

    private final HttpServer server;

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private volatile HttpHandler handler = exchange -> respond(exchange, 200);

    private StubService(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stub-service");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    public static StubService start() {
        try {
            return new StubService(HttpServer.create(anyPort(), 0));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public static StubService startWithTls(SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new StubService(server);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public String endpoint() {
        return "localhost:" + server.getAddress().getPort();
    }

    public StubService respondingWith(HttpHandler handler) {
        this.handler = handler;
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public static void respond(HttpExchange exchange, int status) throws IOException {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            handler.handle(exchange);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
