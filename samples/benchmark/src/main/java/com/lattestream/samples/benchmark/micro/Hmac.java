package com.lattestream.samples.benchmark.micro;

import com.lattestream.samples.benchmark.contestant.Workload;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The floor of everything that is signed. */
final class Hmac {

    private Hmac() {}

    /** Returns what the JDK has, under the secret that everybody uses. */
    static Mac bare() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Workload.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("Every Java has HmacSHA256", ex);
        }
    }
}
