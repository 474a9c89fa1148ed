package com.lattestream.core.internal.http;

import com.lattestream.core.internal.validation.Quoted;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of the service.
 *
 * @param scheme {@code https} or {@code http}
 * @param host the host name or IP address
 * @param port the port, or -1 for the default port of the scheme
 * @param basePath the prefix of all paths, which is sent but not signed; empty for none, never ending in a slash
 */
public record Endpoint(String scheme, String host, int port, String basePath) {

    /** The default cluster. */
    public static final String DEFAULT_CLUSTER = "eu1";

    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");

    private static final int MAX_CLUSTER_LENGTH = 63;

    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    /**
     * Returns the address of a cluster.
     * @param cluster the name of the cluster
     * @param tls whether to use TLS
     * @return the endpoint
     */
    public static Endpoint ofCluster(String cluster, boolean tls) {
        return new Endpoint(scheme(tls), requireCluster(cluster) + ".lattestream.com", -1, "");
    }

    /**
     * Validates the name of a cluster, which becomes part of a host name.
     * @param cluster the name; null or empty for the default
     * @return the name
     * @throws IllegalArgumentException if the name is not valid
     */
    public static String requireCluster(@Nullable String cluster) {
        if (cluster == null || cluster.isEmpty()) {
            return DEFAULT_CLUSTER;
        }
        if (cluster.length() > MAX_CLUSTER_LENGTH || !CLUSTER.matcher(cluster).matches()) {
            throw new IllegalArgumentException("Cluster " + Quoted.of(cluster)
                    + " must be a name such as eu1: letters, digits and hyphens, at most " + MAX_CLUSTER_LENGTH);
        }
        return cluster;
    }

    /**
     * Parses an address.
     * @param address {@code host[:port][/base]}
     * @param tls whether to use TLS
     * @return the endpoint
     * @throws IllegalArgumentException if the address is not valid
     */
    public static Endpoint parse(String address, boolean tls) {
        if (address.contains("://")) {
            throw invalid(address, "it must not have a scheme; use-tls decides between https and http");
        }
        URI uri;
        try {
            uri = new URI(scheme(tls) + "://" + address).parseServerAuthority();
        } catch (URISyntaxException ex) {
            throw invalid(address, ex.getReason());
        }
        if (uri.getHost() == null) {
            throw invalid(address, "there is no host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid(address, "it must not have a user, a query or a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw invalid(address, "the port must be between 1 and 65535");
        }
        return new Endpoint(
                uri.getScheme(), uri.getHost(), uri.getPort(), uri.getRawPath().replaceAll("/+$", ""));
    }

    /**
     * Whether requests to this endpoint leave the machine without encryption. Only the address is examined: no name is
     * resolved.
     * @return false for {@code https}, loopback addresses, {@code localhost} and names below it
     */
    public boolean isUnencryptedOutsideThisMachine() {
        return scheme.equals(scheme(false)) && !isLoopback();
    }

    private boolean isLoopback() {
        if (host.startsWith("[")) {
            try {
                // no name is resolved, because the host is an IP address
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException ex) {
                // an interface that does not exist is not the loopback interface
                return false;
            }
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || LOOPBACK_IPV4.matcher(name).matches();
    }

    private static IllegalArgumentException invalid(String address, String reason) {
        return new IllegalArgumentException(
                "Endpoint " + Quoted.of(address) + " must be host[:port][/base], such as localhost:8080: " + reason);
    }

    private static String scheme(boolean tls) {
        return tls ? "https" : "http";
    }

    /** Returns the address as a URL. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port) + basePath;
    }
}
