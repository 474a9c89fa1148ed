package com.lattestream.core.internal.http;

import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;

/**
 * Describes why a connection failed, with advice if a retry cannot succeed: the certificate is not trusted, or only one
 * side uses TLS.
 */
final class ConnectionFailures {

    private static final int BAD_REQUEST = 400;

    private static final String USE_TLS_FALSE =
            ". The server probably does not use TLS on this port, which does not pass by itself. Check the port, or set"
                    + " lattestream.use-tls=false, or useTls(false) on the builder";

    private static final String USE_TLS_TRUE =
            ". The server probably requires TLS on this port, which does not pass by itself. Check the port, or set"
                    + " lattestream.use-tls=true, or useTls(true) on the builder";

    private static final String NOT_HTTP =
            ". The response is not HTTP, which does not pass by itself. Check the port; if the server requires TLS, set"
                    + " lattestream.use-tls=true, or useTls(true) on the builder";

    private static final String NOT_TRUSTED =
            ". The certificate of the server is not trusted, which does not pass by itself. Check the endpoint, or set"
                    + " lattestream.ssl.bundle to a bundle whose trust store contains its issuer, or sslContext on the builder";

    // the responses of nginx, Tomcat, Go and Apache HTTP Server to plain HTTP on a TLS port
    private static final Set<String> PLAIN_HTTP_REFUSED = Set.of(
            "plain HTTP request was sent to HTTPS port",
            "requires TLS",
            "HTTP request to an HTTPS server",
            "speaking plain HTTP to an SSL-enabled server port");

    private ConnectionFailures() {}

    /**
     * Describes a failure.
     * @param failure the failure of a connection
     * @param tls whether the endpoint uses TLS
     * @return a text without the address
     */
    static String describe(Exception failure, boolean tls) {
        if (failure instanceof UnknownHostException) {
            return "unknown host " + failure.getMessage();
        }
        String message = failure.getMessage() == null || failure.getMessage().isBlank()
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
        if (failure instanceof SSLException) {
            if (hasCause(failure, CertificateException.class)) {
                return message + NOT_TRUSTED;
            }
            // JSSE has two messages for this failure, and no exception type
            return message.toLowerCase(Locale.ROOT).contains("recognized ssl message")
                    ? message + USE_TLS_FALSE
                    : message;
        }
        // an HTTP parser fails on a TLS alert
        return !tls && hasCause(failure, HttpException.class) ? message + NOT_HTTP : message;
    }

    /**
     * Whether a response shows that the server requires TLS.
     * @param response the response to plain HTTP
     * @return whether it is one of the known responses of HTTP servers
     */
    static boolean requiresTls(RawResponse response) {
        if (response.status() != BAD_REQUEST) {
            return false;
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        return PLAIN_HTTP_REFUSED.stream().anyMatch(body::contains);
    }

    /**
     * Returns the advice for a server that requires TLS.
     * @return a text that continues a sentence
     */
    static String adviceToUseTls() {
        return USE_TLS_TRUE;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
