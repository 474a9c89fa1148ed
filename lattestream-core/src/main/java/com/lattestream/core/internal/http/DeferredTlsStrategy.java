package com.lattestream.core.internal.http;

import java.net.SocketAddress;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sets TLS up with the first connection that needs it: reading the trust store takes as long as a good part of an
 * application's start. Thread-safe.
 */
final class DeferredTlsStrategy implements TlsStrategy {

    private final Deferred<TlsStrategy> strategy;

    DeferredTlsStrategy(Supplier<TlsStrategy> setup) {
        this.strategy = new Deferred<>(setup);
    }

    @Override
    public void upgrade(
            TransportSecurityLayer session,
            NamedEndpoint endpoint,
            @Nullable Object attachment,
            @Nullable Timeout handshakeTimeout,
            FutureCallback<TransportSecurityLayer> callback) {
        strategy.get().upgrade(session, endpoint, attachment, handshakeTimeout, callback);
    }

    @Override
    @Deprecated
    public boolean upgrade(
            TransportSecurityLayer session,
            HttpHost host,
            SocketAddress localAddress,
            SocketAddress remoteAddress,
            @Nullable Object attachment,
            @Nullable Timeout handshakeTimeout) {
        return strategy.get().upgrade(session, host, localAddress, remoteAddress, attachment, handshakeTimeout);
    }
}
