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
 * The origins whose pages may use an engine, and the host names of the engine. Pages of loopback names and of IP
 * addresses are always allowed, because DNS cannot redirect these to another machine. Other origins must be allowed
 * explicitly. Immutable.
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
     * Creates the allowed origins.
     * @param origins origins in addition to the local ones, each {@code http://host[:port]} or
     * {@code https://host[:port]}
     * @return the allowed origins
     * @throws IllegalArgumentException if an origin is not valid; the message contains it
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
     * Returns whether pages of an origin may use the engine. The opaque origin {@code null} is never allowed.
     * @param origin value of the {@code Origin} header
     * @return whether the origin is local or allowed explicitly
     */
    public boolean allowsOrigin(String origin) {
        Matcher parsed = ORIGIN.matcher(origin);
        return parsed.matches() && (isLocal(parsed.group("host")) || origins.contains(normalized(parsed)));
    }

    /**
     * Returns whether a host name is one of the engine. Any other name may belong to a page that uses DNS rebinding,
     * which makes the engine part of the page's own origin.
     * @param authority value of the {@code Host} header: a host with an optional port
     * @return whether the host is local or that of an allowed origin
     */
    public boolean allowsHost(@Nullable String authority) {
        if (authority == null) {
            return false;
        }
        Matcher parsed = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        return parsed.matches() && (isLocal(parsed.group("host")) || hosts.contains(parsed.group("host")));
    }

    /**
     * Returns whether a page has the origin of the engine, as addressed by the request.
     * @param origin value of the {@code Origin} header
     * @param authority value of the {@code Host} header
     * @return whether both are the same; with TLS, which a proxy may terminate, the origin must be allowed explicitly
     */
    public boolean isSameOrigin(String origin, String authority) {
        return origin.equals("http://" + authority)
                || (origin.equals("https://" + authority) && origins.contains(origin));
    }

    private static boolean isLocal(String host) {
        return LOCAL.matcher(host).matches();
    }

    // browsers omit the default port
    private static String normalized(Matcher origin) {
        String scheme = origin.group("scheme");
        String port = origin.group("port");
        boolean isDefault = port == null || port.equals(scheme.equals("http") ? "80" : "443");
        return scheme + "://" + origin.group("host") + (isDefault ? "" : ":" + port);
    }
}
