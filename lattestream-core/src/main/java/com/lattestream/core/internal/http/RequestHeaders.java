package com.lattestream.core.internal.http;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.HttpRequest;

/** Creates the headers of an attempt: the secret, the timestamp, a nonce, and the signature. */
final class RequestHeaders {

    private final LatteStreamSecret secret;

    private final RequestSigner signer;

    private final Clock clock;

    // the nonce is signed, so it only has to be unique; a new random number for each could block on the entropy source
    private final AtomicLong number = new AtomicLong(new SecureRandom().nextLong());

    RequestHeaders(LatteStreamSecret secret, Clock clock) {
        this.secret = secret;
        this.signer = new RequestSigner(secret);
        this.clock = clock;
    }

    void addTo(HttpRequest message, ServiceRequest request) {
        message.addHeader("Content-Type", "application/json");
        if (!request.signed()) {
            return;
        }
        long now = clock.millis();
        String timestamp = Long.toString(Math.floorDiv(now, 1000L));
        String nonce = nonce(now);
        message.addHeader(new SecretHeader("Authorization", secret));
        message.addHeader("X-LatteStream-Timestamp", timestamp);
        message.addHeader("X-LatteStream-Nonce", nonce);
        message.addHeader(
                "X-LatteStream-Signature",
                signer.sign(request.method(), request.path(), request.body(), timestamp, nonce));
    }

    private String nonce(long now) {
        return Long.toString(now, Character.MAX_RADIX) + "." + HexFormat.of().toHexDigits(number.getAndIncrement());
    }
}
