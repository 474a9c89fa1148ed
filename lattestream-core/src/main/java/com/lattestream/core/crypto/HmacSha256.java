package com.lattestream.core.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 under one key, printed as lower-case hexadecimal. Thread-safe. */
final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    // creating or copying a Mac costs several times as much as hashing a small body; the queue holds as many as have
    // ever been in use at the same time
    private final Queue<Mac> idle = new ConcurrentLinkedQueue<>();

    HmacSha256(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    String sign(byte[]... parts) {
        Mac mac = idle.poll();
        if (mac == null) {
            mac = keyed();
        }
        for (byte[] part : parts) {
            mac.update(part);
        }
        // this also resets the Mac
        byte[] signature = mac.doFinal();
        idle.add(mac);
        return HexFormat.of().formatHex(signature);
    }

    private Mac keyed() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform but missing here", ex);
        }
    }

    /** Returns whether a signature is valid. Compares in constant time. */
    boolean verify(@Nullable String signature, byte[]... parts) {
        if (signature == null) {
            return false;
        }
        return MessageDigest.isEqual(sign(parts).getBytes(US_ASCII), signature.getBytes(UTF_8));
    }
}
