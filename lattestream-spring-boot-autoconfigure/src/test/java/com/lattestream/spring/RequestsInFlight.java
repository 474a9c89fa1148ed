package com.lattestream.spring;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** Many requests, some of them concurrent. A later call, or closing, throws the exception of an assertion. */
public final class RequestsInFlight implements AutoCloseable {

    private static final int AT_ONCE = 16;

    private final Deque<CompletableFuture<?>> inFlight = new ArrayDeque<>();

    private final HttpClient client;

    public RequestsInFlight(HttpClient client) {
        this.client = client;
    }

    public void send(HttpRequest request, IntConsumer assertionOfStatus) {
        inFlight.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> assertionOfStatus.accept(response.statusCode())));
        if (inFlight.size() > AT_ONCE) {
            inFlight.remove().join();
        }
    }

    @Override
    public void close() {
        inFlight.forEach(CompletableFuture::join);
    }
}
