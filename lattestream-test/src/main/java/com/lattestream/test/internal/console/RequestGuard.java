package com.lattestream.test.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.test.internal.access.OriginGuard;
import java.security.MessageDigest;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Permits requests of the console's own page only. Modifying requests also require a token that is sent to this page.
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

    /** Checks whether the request may read. */
    void requireOwnPage(Request request) throws RefusedException {
        String problem = origins.consoleProblem(request);
        if (problem != null) {
            throw forbidden(problem);
        }
    }

    /** Checks whether the request may modify state. */
    void requireToken(Request request) throws RefusedException {
        if (!isToken(request.getHeaders().get(TOKEN_HEADER))) {
            throw forbidden(TOKEN_HEADER + " must be the token of this console: reload the page");
        }
    }

    private boolean isToken(@Nullable String value) {
        return value != null && MessageDigest.isEqual(token, value.getBytes(UTF_8));
    }

    private static RefusedException forbidden(String message) {
        return new RefusedException(HttpStatus.FORBIDDEN_403, message);
    }
}
