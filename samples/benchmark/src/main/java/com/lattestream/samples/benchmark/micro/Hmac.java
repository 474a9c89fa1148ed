package com.lattestream.samples.benchmark.micro;

import com.lattestream.samples.benchmark.contestant.Workload;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The floor of all signatures: the HMAC of the JDK. */
final class Hmac {

    private Hmac() {}

    /** Returns the HMAC of the JDK, with the secret of the workload. */
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
