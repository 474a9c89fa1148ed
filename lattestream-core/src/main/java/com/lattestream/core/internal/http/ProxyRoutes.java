package com.lattestream.core.internal.http;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Determines whether the service is reached through a proxy. The result of the selector is cached: the selector is
 * invoked for the first request, again when the connections opened since then have reached their maximum age, and after
 * a failure to connect. All other requests use the cached result. Thread-safe.
 */
final class ProxyRoutes implements HttpRoutePlanner {

    private static final Logger logger = LoggerFactory.getLogger(ProxyRoutes.class);

    private final RateLimitedLogger unsupported = new RateLimitedLogger(logger, Level.WARN, "proxy_not_supported");

    private final URI service;

    private final HttpHost host;

    private final ProxyOptions options;

    private final long maxAge;

    private volatile @Nullable Selected selected;

    ProxyRoutes(Endpoint endpoint, ProxyOptions options, Duration maxAge) {
        this.service = uri(endpoint);
        this.host = RoutingSupport.normalize(
                new HttpHost(endpoint.scheme(), endpoint.host(), endpoint.port()), DefaultSchemePortResolver.INSTANCE);
        this.options = options;
        this.maxAge = maxAge.toNanos();
    }

    private static URI uri(Endpoint endpoint) {
        try {
            return new URI(endpoint.scheme(), null, endpoint.host(), endpoint.port(), "/", null, null);
        } catch (URISyntaxException ex) {
            throw new IllegalArgumentException("The endpoint " + endpoint + " cannot be written as a URI", ex);
        }
    }

    @Override
    public HttpRoute determineRoute(HttpHost target, HttpContext context) throws HttpException {
        Selected known = selected;
        if (known == null || System.nanoTime() - known.time > maxAge) {
            known = select();
            selected = known;
        }
        return known.route;
    }

    private Selected select() throws HttpException {
        ProxySelector selector = options.selector() == null ? ProxySelector.getDefault() : options.selector();
        List<Proxy> proxies = selector == null ? List.of() : select(selector);
        Proxy first = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
        boolean secure = host.getSchemeName().equals("https");
        if (first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address) {
            HttpHost proxy = new HttpHost("http", address.getHostString(), address.getPort());
            logger.debug("Requests to {} are sent through the proxy {}", service, proxy);
            return new Selected(new HttpRoute(host, null, proxy, secure), selector, address);
        }
        if (first.type() == Proxy.Type.SOCKS) {
            unsupported.log(
                    1,
                    () -> "Requests to " + service + " are sent without a proxy, because the JVM selects a SOCKS proxy,"
                            + " which is not supported. Configure an HTTP proxy with lattestream.proxy.host and"
                            + " lattestream.proxy.port, or with proxy(host, port) on the builder");
        }
        return new Selected(new HttpRoute(host, null, secure), selector, null);
    }

    private List<Proxy> select(ProxySelector selector) throws HttpException {
        try {
            List<Proxy> proxies = selector.select(service);
            return proxies == null ? List.of() : proxies;
        } catch (RuntimeException ex) {
            // fail instead of connecting directly, which the configuration of the proxy may be meant to prevent
            throw new HttpException("the ProxySelector of the JVM failed: " + ex, ex);
        }
    }

    /**
     * Reports to the selector that no connection could be opened, and discards the route, so the next request selects
     * again.
     */
    void connectFailed(IOException failure) {
        Selected known = selected;
        selected = null;
        if (known != null && known.selector != null && known.proxy != null) {
            try {
                known.selector.connectFailed(service, known.proxy, failure);
            } catch (RuntimeException ex) {
                logger.debug("ProxySelector.connectFailed threw an exception, which has no effect", ex);
            }
        }
    }

    /** Logs the number of suppressed log lines. */
    void close() {
        unsupported.close();
    }

    /** Returns the proxy of recent requests, for messages. */
    String proxy() {
        Selected known = selected;
        InetSocketAddress address = known == null ? null : known.proxy;
        return address == null ? "the proxy" : "the proxy " + address.getHostString() + ":" + address.getPort();
    }

    private static final class Selected {

        private final long time = System.nanoTime();

        private final HttpRoute route;

        private final @Nullable ProxySelector selector;

        private final @Nullable InetSocketAddress proxy;

        private Selected(HttpRoute route, @Nullable ProxySelector selector, @Nullable InetSocketAddress proxy) {
            this.route = route;
            this.selector = selector;
            this.proxy = proxy;
        }
    }
}
