package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tells the console's own page from other pages in the same browser, any of which can send requests to this machine.
 * A page of another origin names itself in {@code Origin}. One whose name was made to point here (DNS rebinding) names
 * that in {@code Host}: the console goes by {@code localhost} and by addresses, which nobody can make point elsewhere.
 * What changes something also needs a token that only the page is told. Immutable.
 */
final class RequestGuard {

    static final String TOKEN_HEADER = "X-LatteStream-Console";

    // localhost, an IPv4 or an IPv6 address; with or without a port
    private static final Pattern HOST =
            Pattern.compile("(localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?");

    private final byte[] token;

    RequestGuard(String token) {
        this.token = token.getBytes(UTF_8);
    }

    /** Returns if the request may read. */
    void requireOwnPage(Request request) throws RefusedException {
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host == null || !HOST.matcher(host).matches()) {
            throw forbidden("The console is at localhost, or at an IP address, and under no other name");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !origin.equals("http://" + host)) {
            throw forbidden("Pages of other origins may not use the console");
        }
    }

    /** Returns if the request may change something. */
    void requireToken(Request request) throws RefusedException {
        if (!isToken(request.getHeaders().get(TOKEN_HEADER))) {
            throw forbidden(TOKEN_HEADER + " must be the token of this console: reload the page");
        }
    }

    private boolean isToken(@Nullable String shown) {
        return shown != null && MessageDigest.isEqual(token, shown.getBytes(UTF_8));
    }

    private static RefusedException forbidden(String message) {
        return new RefusedException(HttpStatus.FORBIDDEN_403, message);
    }
}
