package com.lattestream.core.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a transport connects to, and within which bounds.
 *
 * @param client what observers call the client
 * @param endpoint where the service is
 * @param timeout how long one exchange may take, from the wait for a connection to the last byte of the answer
 * @param maxConnections how many connections may be open at once
 * @param connectionMaxAge after how long a connection is not used again
 * @param proxy which proxy to use
 * @param sslContext returns which certificates to trust and to show, for each new connection; null for the platform's
 * @param tlsVersions which versions of TLS to offer; empty for the secure ones
 * @param tlsCiphers which cipher suites to offer; empty for the secure ones
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
