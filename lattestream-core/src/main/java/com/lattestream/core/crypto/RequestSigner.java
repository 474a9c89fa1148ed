package com.lattestream.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Signs REST requests as the wire protocol requires:
 * {@code hex(HMAC-SHA256(secret, METHOD \n PATH \n BODY TIMESTAMP NONCE))}, with nothing between the last three.
 * Thread-safe.
 */
public final class RequestSigner {

    private final HmacSha256 hmac;

    /**
     * Creates a signer.
     * @param secret the application's secret
     */
    public RequestSigner(LatteStreamSecret secret) {
        this.hmac = new HmacSha256(secret.reveal());
    }

    /**
     * Signs one attempt of a request.
     * @param method the HTTP method, in capitals
     * @param path path and query as they are sent, without the base path of the endpoint
     * @param body the bytes that are sent; empty for none
     * @param timestamp seconds since the epoch, as they are sent
     * @param nonce the nonce of this attempt
     * @return 64 lower-case hexadecimal digits
     */
    public String sign(String method, String path, byte[] body, String timestamp, String nonce) {
        return hmac.sign(head(method, path), body, tail(timestamp, nonce));
    }

    /**
     * Returns whether a signature is that of the request. Compares in constant time.
     * @param signature the signature of the request; null is never valid
     * @param method the HTTP method, in capitals
     * @param path path and query as they were sent, without the base path of the endpoint
     * @param body the bytes that were sent; empty for none
     * @param timestamp the timestamp that was sent
     * @param nonce the nonce that was sent
     * @return whether the signature is valid
     */
    public boolean verify(
            @Nullable String signature, String method, String path, byte[] body, String timestamp, String nonce) {
        return hmac.verify(signature, head(method, path), body, tail(timestamp, nonce));
    }

    private static byte[] head(String method, String path) {
        return (method + "\n" + path + "\n").getBytes(UTF_8);
    }

    private static byte[] tail(String timestamp, String nonce) {
        return (timestamp + nonce).getBytes(UTF_8);
    }
}
