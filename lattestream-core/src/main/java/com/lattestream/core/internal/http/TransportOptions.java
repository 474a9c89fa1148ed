package com.lattestream.core.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a transport, and its limits.
 *
 * @param client the name of the client, as observers report it
 * @param endpoint the address of the service
 * @param timeout the maximum time of one exchange, from the wait for a connection to the last byte of the response
 * @param maxConnections the maximum number of open connections
 * @param connectionMaxAge the maximum age of a connection, after which it is not reused
 * @param proxy the selection of a proxy
 * @param sslContext returns the certificates to trust and to present, for each new connection; null for those of the
 * platform
 * @param tlsVersions the TLS versions to offer; empty for the secure ones
 * @param tlsCiphers the cipher suites to offer; empty for the secure ones
 */
public record TransportOptions(
        String client,
        Endpoint endpoint,
        Duration timeout,
        int maxConnections,
        Duration connectionMaxAge,
        ProxyOptions proxy,
        @Nullable Supplier<SSLContext> sslContext,
        List<String> tlsVersions,
        List<String> tlsCiphers) {}
