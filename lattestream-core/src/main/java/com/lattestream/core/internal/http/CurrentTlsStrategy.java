package com.lattestream.core.internal.http;

import java.net.SocketAddress;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Secures each new connection with the certificates that are current at that time. TLS is initialized lazily, by the
 * first connection that needs it, because reading the trust store would delay the start of the application. It is
 * initialized again when the context has changed. Thread-safe.
 */
final class CurrentTlsStrategy implements TlsStrategy {

    private final @Nullable Supplier<SSLContext> contexts;

    private final Function<@Nullable SSLContext, TlsStrategy> setup;

    private volatile @Nullable Current current;

    /**
     * Creates a strategy.
     * @param contexts returns the context for a new connection; null for that of the platform
     * @param setup creates the TLS strategy for a context; null stands for the context of the platform
     */
    CurrentTlsStrategy(@Nullable Supplier<SSLContext> contexts, Function<@Nullable SSLContext, TlsStrategy> setup) {
        this.contexts = contexts;
        this.setup = setup;
    }

    private TlsStrategy current() {
        SSLContext context = contexts == null ? null : contexts.get();
        Current known = current;
        return known != null && known.context == context ? known.strategy : setUp(context);
    }

    private synchronized TlsStrategy setUp(@Nullable SSLContext context) {
        Current known = current;
        if (known == null || known.context != context) {
            known = new Current(context, setup.apply(context));
            current = known;
        }
        return known.strategy;
    }

    @Override
    public void upgrade(
            TransportSecurityLayer session,
            NamedEndpoint endpoint,
            @Nullable Object attachment,
            @Nullable Timeout handshakeTimeout,
            FutureCallback<TransportSecurityLayer> callback) {
        current().upgrade(session, endpoint, attachment, handshakeTimeout, callback);
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
        return current().upgrade(session, host, localAddress, remoteAddress, attachment, handshakeTimeout);
    }

    private record Current(@Nullable SSLContext context, TlsStrategy strategy) {}
}
