package com.lattestream.test.internal.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origins whose pages may use an engine, and the names that an engine goes by. Pages of loopback names and of IP
 * addresses are allowed, because no name service can point those at another machine; others are allowed by name.
 * Immutable.
 */
public final class AllowedOrigins {

    private static final String LABEL = "[a-z0-9_-]+";

    private static final String HOST = "(?<host>" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-f:.]+])";

    private static final Pattern AUTHORITY = Pattern.compile(HOST + "(?::[0-9]{1,5})?");

    private static final Pattern ORIGIN = Pattern.compile("(?<scheme>https?)://" + HOST + "(?::(?<port>[0-9]{1,5}))?");

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    private static final Pattern LOCAL =
            Pattern.compile("(?:" + LABEL + "\\.)*localhost|" + OCTET + "(?:\\." + OCTET + "){3}|\\[.+]");

    private final Set<String> origins = new HashSet<>();

    private final Set<String> hosts = new HashSet<>();

    private AllowedOrigins() {}

    /**
     * Allows origins beside the local ones.
     * @param origins each {@code http://host[:port]} or {@code https://host[:port]}
     * @return the allowed origins
     * @throws IllegalArgumentException if one of them is no origin; the message names it
     */
    public static AllowedOrigins of(Collection<String> origins) {
        AllowedOrigins allowed = new AllowedOrigins();
        for (String origin : List.copyOf(origins)) {
            Matcher parsed = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
            if (!parsed.matches()) {
                throw new IllegalArgumentException(
                        "The allowed origin '" + origin
                                + "' must be http:// or https://, a host, and a port unless it is the default one; without a path");
            }
            allowed.origins.add(normalized(parsed));
            allowed.hosts.add(parsed.group("host"));
        }
        return allowed;
    }

    /**
     * Returns whether pages of an origin may use the engine. The origin {@code null} of pages without one never may.
     * @param origin what a browser names in {@code Origin}
     * @return whether it is local, or allowed by name
     */
    public boolean allowsOrigin(String origin) {
        Matcher parsed = ORIGIN.matcher(origin);
        return parsed.matches() && (isLocal(parsed.group("host")) || origins.contains(normalized(parsed)));
    }

    /**
     * Returns whether the engine goes by a name. Under another one a page may have been made to point here (DNS
     * rebinding), for which the engine is of the page's own origin.
     * @param authority what a client names in {@code Host}: a host, and a port or none
     * @return whether it is local, or the host of an origin that is allowed by name
     */
    public boolean allowsHost(@Nullable String authority) {
        if (authority == null) {
            return false;
        }
        Matcher parsed = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        return parsed.matches() && (isLocal(parsed.group("host")) || hosts.contains(parsed.group("host")));
    }

    /**
     * Returns whether a page of an origin is of an engine's own, which goes by a name.
     * @param origin what a browser names in {@code Origin}
     * @param authority what it names in {@code Host}
     * @return whether both are the same; with TLS, which a proxy may add, the origin must be allowed by name
     */
    public boolean isSameOrigin(String origin, String authority) {
        return origin.equals("http://" + authority)
                || (origin.equals("https://" + authority) && origins.contains(origin));
    }

    private static boolean isLocal(String host) {
        return LOCAL.matcher(host).matches();
    }

    // browsers leave the default port out
    private static String normalized(Matcher origin) {
        String scheme = origin.group("scheme");
        String port = origin.group("port");
        boolean isDefault = port == null || port.equals(scheme.equals("http") ? "80" : "443");
        return scheme + "://" + origin.group("host") + (isDefault ? "" : ":" + port);
    }
}
