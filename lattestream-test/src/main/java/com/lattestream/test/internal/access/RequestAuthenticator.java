package com.lattestream.test.internal.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Verifies signed requests: the signature, the timestamp and the nonce. Thread-safe. */
public final class RequestAuthenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int MAX_NONCES = 100_000;

    private static final int MAX_NONCE_LENGTH = 128;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final byte[] secret;

    private final RequestSigner signer;

    private final Clock clock;

    private final ExpiringSet nonces;

    /**
     * Creates an authenticator without recorded nonces.
     * @param secret the secret that requests must be signed with
     * @param clock determines the age of requests
     */
    public RequestAuthenticator(LatteStreamSecret secret, Clock clock) {
        this.secret = secret.reveal().getBytes(UTF_8);
        this.signer = new RequestSigner(secret);
        this.clock = clock;
        // a timestamp at the future end of the tolerance stays valid for twice the tolerance
        this.nonces = new ExpiringSet(clock, TOLERANCE.multipliedBy(2), MAX_NONCES);
    }

    /**
     * Checks the credentials in the headers of a request, before its body is read. The signature and the nonce can only
     * be verified afterwards.
     * @param request the request
     * @throws RequestRefusedException if the headers are not valid; the message contains the reason
     */
    public void requireCredentials(Request request) throws RequestRefusedException {
        HttpFields headers = request.getHeaders();
        requireSecret(headers.get(HttpHeader.AUTHORIZATION));
        requireRecent(headers.get("X-LatteStream-Timestamp"));
        requireNonce(headers.get("X-LatteStream-Nonce"));
    }

    /**
     * Verifies a request.
     * @param request the request
     * @param body the body of the request
     * @throws RequestRefusedException if the request is not valid; the message contains the reason
     */
    public void authenticate(Request request, byte[] body) throws RequestRefusedException {
        HttpFields headers = request.getHeaders();
        requireSecret(headers.get(HttpHeader.AUTHORIZATION));
        String timestamp = requireRecent(headers.get("X-LatteStream-Timestamp"));
        String nonce = requireNonce(headers.get("X-LatteStream-Nonce"));
        String signature = headers.get("X-LatteStream-Signature");
        String path = request.getHttpURI().getPathQuery();
        if (!signer.verify(signature, request.getMethod(), path, body, timestamp, nonce)) {
            throw new RequestRefusedException("X-LatteStream-Signature does not match the request");
        }
        // last, so that unsigned requests neither use memory nor displace the nonces of other requests
        if (!nonces.add(nonce)) {
            throw new RequestRefusedException("X-LatteStream-Nonce has been used before");
        }
    }

    private void requireSecret(@Nullable String authorization) throws RequestRefusedException {
        if (authorization == null || !MessageDigest.isEqual(secret, authorization.getBytes(UTF_8))) {
            throw new RequestRefusedException("Authorization must be the secret of this engine");
        }
    }

    private static String requireNonce(@Nullable String nonce) throws RequestRefusedException {
        if (nonce == null || nonce.isEmpty() || nonce.length() > MAX_NONCE_LENGTH) {
            throw new RequestRefusedException("X-LatteStream-Nonce must have 1 to " + MAX_NONCE_LENGTH + " characters");
        }
        return nonce;
    }

    private String requireRecent(@Nullable String timestamp) throws RequestRefusedException {
        if (timestamp == null || !SECONDS.matcher(timestamp).matches()) {
            throw new RequestRefusedException("X-LatteStream-Timestamp must be in seconds since the epoch");
        }
        long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
        if (Math.abs(age) > TOLERANCE.toSeconds()) {
            throw new RequestRefusedException("X-LatteStream-Timestamp is more than " + TOLERANCE.toMinutes()
                    + " minutes away from the time of this engine");
        }
        return timestamp;
    }
}
