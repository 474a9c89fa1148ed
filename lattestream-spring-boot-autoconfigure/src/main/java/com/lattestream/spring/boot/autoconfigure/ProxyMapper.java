package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClientBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/** Maps the properties of the proxy to a client's builder. */
final class ProxyMapper {

    // the hosts that the JVM excludes by default
    private static final List<String> LOOPBACK = List.of("localhost", "127.*", "[::1]");

    private final LatteStreamProperties.Proxy proxy;

    private final boolean forEndpointOfProperties;

    /**
     * Creates a mapper.
     * @param proxy the properties
     * @param forEndpointOfProperties whether the properties determine the endpoint. False for a local engine, whose
     * endpoint is set by another bean, and which a proxy cannot reach
     */
    ProxyMapper(LatteStreamProperties.Proxy proxy, boolean forEndpointOfProperties) {
        this.proxy = proxy;
        this.forEndpointOfProperties = forEndpointOfProperties;
    }

    void map(LatteStreamClientBuilder builder) {
        String host = proxy.host();
        if (StringUtils.hasText(host)) {
            int port = requirePort();
            // the host is validated with a valid port, and the port with a valid host, so that an error is reported for
            // the right one
            LatteStreamPropertiesMapper.map("proxy.host", host, value -> builder.proxy(value, 80));
            LatteStreamPropertiesMapper.map("proxy.port", port, value -> builder.proxy(host, value));
            builder.nonProxyHosts(nonProxyHosts());
        } else if (proxy.port() != null) {
            throw new InvalidLatteStreamPropertyException(
                    "lattestream.proxy.port", "must not be set without 'lattestream.proxy.host'", null);
        }
        credentials(builder);
    }

    private int requirePort() {
        Integer port = proxy.port();
        if (port == null) {
            throw new InvalidLatteStreamPropertyException(
                    "lattestream.proxy.port", "must be set, because 'lattestream.proxy.host' is set", null);
        }
        return port;
    }

    private String[] nonProxyHosts() {
        return forEndpointOfProperties
                ? proxy.nonProxyHosts().toArray(String[]::new)
                : Stream.concat(proxy.nonProxyHosts().stream(), LOOPBACK.stream())
                        .toArray(String[]::new);
    }

    private void credentials(LatteStreamClientBuilder builder) {
        String username = proxy.username();
        String password = proxy.password() == null ? "" : proxy.password();
        if (StringUtils.hasText(username)) {
            LatteStreamPropertiesMapper.map(
                    "proxy.username", username, value -> builder.proxyCredentials(value, password));
        } else if (!password.isEmpty()) {
            throw new InvalidLatteStreamPropertyException(
                    "lattestream.proxy.password", "must not be set without 'lattestream.proxy.username'", null);
        }
    }
}
