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
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;

/** The HTTP client that ours stands on, with as many connections, and nothing around it. */
public final class BareHttpClient implements AutoCloseable {

    private final HttpHost sink;

    private final CloseableHttpAsyncClient client;

    /**
     * Starts a client.
     * @param sink whom it talks to
     */
    public BareHttpClient(HttpHost sink) {
        this.sink = sink;
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(Workload.CONNECTIONS)
                        .setMaxConnPerRoute(Workload.CONNECTIONS)
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
     * Posts JSON with the secret.
     * @param path where to
     * @param body the JSON
     * @param headers more headers
     * @param callback gets the answer, on an I/O thread
     */
    public void post(String path, byte[] body, List<Header> headers, FutureCallback<SimpleHttpResponse> callback) {
        BasicHttpRequest request = new BasicHttpRequest("POST", sink, path);
        request.addHeader("Content-Type", "application/json");
        request.addHeader("Authorization", Workload.SECRET);
        headers.forEach(request::addHeader);
        client.execute(
                new BasicRequestProducer(request, new BasicAsyncEntityProducer(body, null)),
                SimpleResponseConsumer.create(),
                callback);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
