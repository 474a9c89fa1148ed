package com.lattestream.core.internal.http;

import com.lattestream.core.internal.DaemonThreads;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Creates HttpClient and its connection pool as the options say. */
final class HttpClientFactory {

    private static final int MAX_HEADER_LINES = 100;

    private static final int MAX_HEADER_LINE_LENGTH = 16 * 1024;

    private static final int SENT_TOGETHER = 16 * 1024;

    private final TransportOptions options;

    HttpClientFactory(TransportOptions options) {
        this.options = options;
    }

    PoolingAsyncClientConnectionManager connections() {
        Timeout timeout = Timeout.of(options.timeout());
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(options.maxConnections())
                .setMaxConnPerRoute(options.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setTimeToLive(TimeValue.of(options.connectionMaxAge()))
                        .build())
                // a pool of connections is what the options bound; HTTP/2 would send everything over one
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setTlsStrategy(new DeferredTlsStrategy(this::tls))
                .build();
    }

    private TlsStrategy tls() {
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
        if (options.sslContext() != null) {
            tls.setSslContext(options.sslContext());
        }
        if (!options.tlsVersions().isEmpty()) {
            tls.setTlsVersions(options.tlsVersions().toArray(String[]::new));
        }
        if (!options.tlsCiphers().isEmpty()) {
            tls.setCiphers(options.tlsCiphers().toArray(String[]::new));
        }
        return tls.buildAsync();
    }

    CloseableHttpAsyncClient start(
            PoolingAsyncClientConnectionManager connections, Callback<Exception> ioThreadFailed) {
        Timeout timeout = Timeout.of(options.timeout());
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setContentCompressionEnabled(false)
                        .setResponseTimeout(timeout)
                        .build())
                .setCharCodingConfig(CharCodingConfig.custom()
                        .setCharset(StandardCharsets.UTF_8)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        // head and body leave in one piece: each piece is a call of the system here and there
                        .setBufferSize(SENT_TOGETHER)
                        .setChunkSizeHint(SENT_TOGETHER)
                        // both without a bound otherwise
                        .setMaxHeaderCount(MAX_HEADER_LINES)
                        .setMaxLineLength(MAX_HEADER_LINE_LENGTH)
                        .build())
                .setThreadFactory(DaemonThreads.clientThreads("lattestream-io"))
                // instead of the one that writes every byte, the secret's too, to a log that is set to DEBUG
                .setIoSessionDecorator(session -> session)
                .setIoReactorExceptionCallback(ioThreadFailed)
                .setUserAgent(userAgent())
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "before-sending", Exchange::beforeSending)
                // a signature covers one path and one attempt: nothing may be redirected or repeated beneath it
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .build();
        client.start();
        return client;
    }

    private static String userAgent() {
        String version = HttpClientFactory.class.getPackage().getImplementationVersion();
        return "lattestream-java/" + (version == null ? "dev" : version);
    }
}
