package com.lattestream.core.internal.http;

import com.lattestream.core.internal.validation.Quoted;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The selection of a proxy, and the credentials for it.
 *
 * @param selector selects the proxy; null for the default selector of the JVM, which may change
 * @param credentials the credentials for all of these proxies; null for none
 */
public record ProxyOptions(
        @Nullable ProxySelector selector, @Nullable ProxyCredentials credentials) {

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    /**
     * Creates a selector with one proxy.
     * @param host the host name or IP address of the proxy
     * @param port the port of the proxy
     * @param nonProxyHosts patterns of hosts that are reached without the proxy, with {@code *} as a wildcard
     * @return the selector
     * @throws IllegalArgumentException if host or port are not valid
     */
    public static ProxySelector of(String host, int port, List<String> nonProxyHosts) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The port of the proxy, " + port + ", must be from 1 to 65535");
        }
        return new SingleProxy(InetSocketAddress.createUnresolved(requireHost(host), port), pattern(nonProxyHosts));
    }

    /**
     * Validates the host of a proxy.
     * @param host a host name or an IP address
     * @return the host
     * @throws IllegalArgumentException if it is neither
     */
    public static String requireHost(String host) {
        try {
            URI uri = new URI("http://" + host).parseServerAuthority();
            if (host.equals(uri.getHost())) {
                return host;
            }
        } catch (URISyntaxException ex) {
            throw invalid(host, ex);
        }
        throw invalid(host, null);
    }

    private static IllegalArgumentException invalid(String host, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "The host of the proxy, " + Quoted.of(host)
                        + ", must be a host name or an address, without a scheme, a user or a port",
                cause);
    }

    private static @Nullable Pattern pattern(List<String> hosts) {
        return hosts.isEmpty()
                ? null
                : Pattern.compile(hosts.stream()
                        .map(host -> host.strip().toLowerCase(Locale.ROOT))
                        .map(host -> Stream.of(host.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))
                        .collect(Collectors.joining("|")));
    }

    private static final class SingleProxy extends ProxySelector {

        private final InetSocketAddress address;

        private final @Nullable Pattern nonProxyHosts;

        private SingleProxy(InetSocketAddress address, @Nullable Pattern nonProxyHosts) {
            this.address = address;
            this.nonProxyHosts = nonProxyHosts;
        }

        @Override
        public List<Proxy> select(URI uri) {
            String host = Objects.requireNonNull(uri.getHost()).toLowerCase(Locale.ROOT);
            return nonProxyHosts != null && nonProxyHosts.matcher(host).matches()
                    ? DIRECT
                    : List.of(new Proxy(Proxy.Type.HTTP, address));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress proxy, IOException ex) {
            // there is no other proxy, and the request itself reports the failure
        }

        @Override
        public String toString() {
            return "http://" + address.getHostString() + ":" + address.getPort();
        }
    }
}
