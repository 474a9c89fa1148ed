package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.test.internal.access.OriginGuard;
import java.security.MessageDigest;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tells the console's own page from other pages. What changes something also needs a token that only the page is told.
 * Immutable.
 */
final class RequestGuard {

    static final String TOKEN_HEADER = "X-LatteStream-Console";

    private final OriginGuard origins;

    private final byte[] token;

    RequestGuard(OriginGuard origins, String token) {
        this.origins = origins;
        this.token = token.getBytes(UTF_8);
    }

    /** Returns if the request may read. */
    void requireOwnPage(Request request) throws RefusedException {
        String problem = origins.consoleProblem(request);
        if (problem != null) {
            throw forbidden(problem);
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
