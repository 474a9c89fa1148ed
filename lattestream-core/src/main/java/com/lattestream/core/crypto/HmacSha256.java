package com.lattestream.core.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 under one key, printed as lower-case hexadecimal. Thread-safe. */
final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    // never updated, only cloned: looking up and keying a Mac costs several times what hashing a small body does
    private final Mac keyed;

    private final SecretKeySpec key;

    HmacSha256(String key) {
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
        this.keyed = keyed(this.key);
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform but missing here", ex);
        }
    }

    String sign(byte[]... parts) {
        Mac mac = copy();
        for (byte[] part : parts) {
            mac.update(part);
        }
        return HexFormat.of().formatHex(mac.doFinal());
    }

    private Mac copy() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException ex) {
            // a security provider need not offer it: those in hardware do not
            return keyed(key);
        }
    }

    /** Compares in constant time. */
    boolean verify(@Nullable String signature, byte[]... parts) {
        if (signature == null) {
            return false;
        }
        return MessageDigest.isEqual(sign(parts).getBytes(US_ASCII), signature.getBytes(UTF_8));
    }
}
