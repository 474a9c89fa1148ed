package com.lattestream.samples.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.samples.benchmark.SmallSink;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BlockableProxyTests {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void holdsBackWhileItIsShut() throws Exception {
        try (SmallSink sink = new SmallSink();
                BlockableProxy proxy = new BlockableProxy(sink.port())) {
            assertThat(get(proxy).get()).isEqualTo("{}");

            proxy.block();
            CompletableFuture<String> held = get(proxy);
            assertThat(sink.requests()).isEqualTo(1);
            assertThat(held).isNotDone();

            proxy.unblock();
            assertThat(held.get()).isEqualTo("{}");
        }
    }

    private CompletableFuture<String> get(BlockableProxy proxy) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port()))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
