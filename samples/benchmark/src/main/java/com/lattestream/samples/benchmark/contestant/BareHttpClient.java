package com.lattestream.samples.benchmark.contestant;

import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;

/** LatteStream's HTTP client with the same number of connections, without LatteStream. */
public final class BareHttpClient implements AutoCloseable {

    private final HttpHost sink;

    private final List<Header> headers;

    private final CloseableHttpAsyncClient client;

    /**
     * Starts a client that sends the secret.
     * @param sink the address of the sink
     */
    public BareHttpClient(HttpHost sink) {
        this(sink, Workload.CONNECTIONS, List.of(new BasicHeader("Authorization", Workload.SECRET)));
    }

    /**
     * Starts a client.
     * @param sink the server
     * @param connections the maximum number of connections
     * @param headers headers of every request
     */
    public BareHttpClient(HttpHost sink, int connections, List<Header> headers) {
        this.sink = sink;
        this.headers = List.copyOf(headers);
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setContentCompressionEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .build();
        client.start();
    }

    /**
     * Posts JSON.
     * @param path the path
     * @param body the JSON
     * @param headers additional headers
     * @param callback receives the response, on an I/O thread
     */
    public void post(String path, byte[] body, List<Header> headers, FutureCallback<SimpleHttpResponse> callback) {
        BasicHttpRequest request = new BasicHttpRequest("POST", sink, path);
        request.addHeader("Content-Type", "application/json");
        this.headers.forEach(request::addHeader);
        headers.forEach(request::addHeader);
        client.execute(
                new BasicRequestProducer(request, new BasicAsyncEntityProducer(body, null)),
                SimpleResponseConsumer.create(),
                callback);
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
