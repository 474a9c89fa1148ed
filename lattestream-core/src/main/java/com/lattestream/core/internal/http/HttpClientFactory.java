package com.lattestream.core.internal.http;

import com.lattestream.core.internal.DaemonThreads;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.AsyncConnectExec;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Creates the HttpClient and its connection pool from the options. */
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
                // shares limit the connections of requests; one more is for the probe of a service that does not
                // respond
                .setMaxConnTotal(options.maxConnections() + 1)
                .setMaxConnPerRoute(options.maxConnections() + 1)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setTimeToLive(TimeValue.of(options.connectionMaxAge()))
                        .build())
                // the options limit the number of connections; HTTP/2 would use a single connection
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setTlsStrategy(new CurrentTlsStrategy(options.sslContext(), this::tls))
                .build();
    }

    private TlsStrategy tls(@Nullable SSLContext sslContext) {
        ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
        if (sslContext != null) {
            tls.setSslContext(sslContext);
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
            PoolingAsyncClientConnectionManager connections, ProxyRoutes routes, Callback<Exception> ioThreadFailed) {
        Timeout timeout = Timeout.of(options.timeout());
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(routes)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setContentCompressionEnabled(false)
                        .setResponseTimeout(timeout)
                        .build())
                .setCharCodingConfig(CharCodingConfig.custom()
                        .setCharset(StandardCharsets.UTF_8)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        // headers and body are sent together, which saves system calls on both sides
                        .setBufferSize(SENT_TOGETHER)
                        .setChunkSizeHint(SENT_TOGETHER)
                        // both are unlimited by default
                        .setMaxHeaderCount(MAX_HEADER_LINES)
                        .setMaxLineLength(MAX_HEADER_LINE_LENGTH)
                        .build())
                .setThreadFactory(DaemonThreads.clientThreads("lattestream-io"))
                // the default decorator logs every byte at level DEBUG, including the secret
                .setIoSessionDecorator(session -> session)
                .setIoReactorExceptionCallback(ioThreadFailed)
                .setUserAgent(userAgent())
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "before-sending", Exchange::beforeSending)
                // a signature is valid for one path and one attempt, so HttpClient must not redirect or retry
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                // all requests have the same user, so connections need no user state
                .disableConnectionState()
                .disableCookieManagement();
        ProxyCredentials credentials = options.proxy().credentials();
        if (credentials != null) {
            authenticate(builder, credentials);
        }
        CloseableHttpAsyncClient client = builder.build();
        client.start();
        return client;
    }

    // the authentication of HttpClient would log the password at level DEBUG
    private static void authenticate(HttpAsyncClientBuilder builder, ProxyCredentials credentials) {
        HttpRequestInterceptor authorization = (request, entity, context) -> request.setHeader(credentials.header());
        builder.replaceExecInterceptor(
                ChainElement.CONNECT.name(),
                new AsyncConnectExec(
                        new DefaultHttpProcessor(
                                new RequestTargetHost(), new RequestUserAgent(userAgent()), authorization),
                        DefaultAuthenticationStrategy.INSTANCE,
                        DefaultSchemePortResolver.INSTANCE,
                        true));
        builder.addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(), "proxy-authorization", (request, body, scope, chain, callback) -> {
                    // requests in a tunnel reach the service, which must not receive the password
                    if (scope.route.getProxyHost() != null && !scope.route.isTunnelled()) {
                        request.setHeader(credentials.header());
                    }
                    chain.proceed(request, body, scope, callback);
                });
    }

    private static String userAgent() {
        String version = HttpClientFactory.class.getPackage().getImplementationVersion();
        return "lattestream-java/" + (version == null ? "dev" : version);
    }
}
