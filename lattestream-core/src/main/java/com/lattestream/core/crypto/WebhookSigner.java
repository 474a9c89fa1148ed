package com.lattestream.core.crypto;

import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies webhooks: {@code X-LatteStream-Signature: hex(HMAC-SHA256(secret, raw body))}. The body must be
 * the unmodified bytes of the request: a body that was parsed and serialized again has a different signature.
 * Thread-safe.
 */
public final class WebhookSigner {

    private final HmacSha256 hmac;

    /**
     * Creates a signer.
     * @param secret the secret that webhooks are signed with
     * @throws IllegalArgumentException if the secret is null or empty, or has white space, control characters or
     * invisible characters, such as a trailing line break; the message does not contain the value
     */
    public WebhookSigner(String secret) {
        this.hmac = new HmacSha256(SecretText.require("The webhook secret", secret));
    }

    /**
     * Signs a body.
     * @param body the bytes that are sent
     * @return 64 lower-case hexadecimal digits
     */
    public String sign(byte[] body) {
        return hmac.sign(body);
    }

    /**
     * Returns whether a signature is that of the body. Compares in constant time, and never throws.
     * @param body the unmodified bytes of the request body; null is never valid
     * @param signature the value of the header; null is never valid, nor are upper-case digits or a prefix
     * @return whether the signature is valid
     */
    public boolean verify(byte @Nullable [] body, @Nullable String signature) {
        return body != null && hmac.verify(signature, body);
    }
}
