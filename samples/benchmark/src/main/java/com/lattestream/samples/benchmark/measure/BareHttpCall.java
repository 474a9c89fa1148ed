package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.contestant.BareHttpClient;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;

/** The floor: posts prepared bytes with prepared headers like those of LatteStream. */
final class BareHttpCall implements Call {

    private static final int BODIES = 100;

    private static final List<Header> HEADERS = List.of(
            new BasicHeader("X-LatteStream-Timestamp", "1790000000"),
            new BasicHeader("X-LatteStream-Nonce", "mv0x5b3k.0123456789abcdef"),
            new BasicHeader("X-LatteStream-Signature", "0123456789abcdef".repeat(4)));

    private final String path;

    private final byte[][] bodies;

    private final BareHttpClient client;

    BareHttpCall(int port, String path, IntFunction<byte[]> body) {
        this.path = path;
        this.bodies = IntStream.range(0, BODIES).mapToObj(body).toArray(byte[][]::new);
        this.client = new BareHttpClient(new HttpHost("http", "127.0.0.1", port));
    }

    @Override
    public CompletionStage<?> make(int number) {
        ResponseFuture response = new ResponseFuture();
        client.post(path, bodies[number % BODIES], HEADERS, response);
        return response.future;
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class ResponseFuture implements FutureCallback<SimpleHttpResponse> {

        private final CompletableFuture<SimpleHttpResponse> future = new CompletableFuture<>();

        @Override
        public void completed(SimpleHttpResponse response) {
            if (response.getCode() == 200) {
                future.complete(response);
            } else {
                failed(new IllegalStateException("status " + response.getCode()));
            }
        }

        @Override
        public void failed(Exception ex) {
            future.completeExceptionally(ex);
        }

        @Override
        public void cancelled() {
            failed(new CancellationException());
        }
    }
}
