package com.lattestream.core.internal.http;

import com.lattestream.core.crypto.LatteStreamSecret;
import org.apache.hc.core5.http.message.BasicHeader;

/** A header whose value is sent but not printed, because HttpClient logs headers at level DEBUG. */
final class SecretHeader extends BasicHeader {

    private static final long serialVersionUID = 1;

    SecretHeader(String name, LatteStreamSecret secret) {
        this(name, secret.reveal());
    }

    SecretHeader(String name, String value) {
        super(name, value, true);
    }

    @Override
    public String toString() {
        return getName() + ": (not shown)";
    }
}
