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

/** Lets signed requests pass: by the secret's holder, recent, unaltered and not repeated. Thread-safe. */
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
     * Creates it with no nonce seen.
     * @param secret what requests are signed with
     * @param clock tells how old a request is
     */
    public RequestAuthenticator(LatteStreamSecret secret, Clock clock) {
        this.secret = secret.reveal().getBytes(UTF_8);
        this.signer = new RequestSigner(secret);
        this.clock = clock;
        // a timestamp from the end of the tolerance ahead stays acceptable for twice as long
        this.nonces = new ExpiringSet(clock, TOLERANCE.multipliedBy(2), MAX_NONCES);
    }

    /**
     * Returns if the headers of a request are those of the secret's holder, so that its body is worth reading. Whether
     * the request is unaltered, and sent for the first time, is known after that.
     * @param request the request
     * @throws RequestRefusedException if they are not; the message says why
     */
    public void requireCredentials(Request request) throws RequestRefusedException {
        HttpFields headers = request.getHeaders();
        requireSecret(headers.get(HttpHeader.AUTHORIZATION));
        requireRecent(headers.get("X-LatteStream-Timestamp"));
        requireNonce(headers.get("X-LatteStream-Nonce"));
    }

    /**
     * Returns if the request may pass.
     * @param request the request
     * @param body the bytes that came with it
     * @throws RequestRefusedException if it may not; the message says why
     */
    public void authenticate(Request request, byte[] body) throws RequestRefusedException {
        HttpFields headers = request.getHeaders();
        requireSecret(headers.get(HttpHeader.AUTHORIZATION));
        String timestamp = requireRecent(headers.get("X-LatteStream-Timestamp"));
        String nonce = requireNonce(headers.get("X-LatteStream-Nonce"));
        String signature = headers.get("X-LatteStream-Signature");
        String path = request.getHttpURI().getPathQuery();
        if (!signer.verify(signature, request.getMethod(), path, body, timestamp, nonce)) {
            throw new RequestRefusedException("X-LatteStream-Signature is not that of this request");
        }
        // only now: what is not signed must neither use up memory nor the nonces of others
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
