package com.lattestream.test.internal.console;

import com.lattestream.core.crypto.LatteStreamSecret;
import java.util.regex.Pattern;

/**
 * Removes secrets from texts before they are sent to the page, for example a secret in the data of an event. Immutable.
 */
final class SecretMask {

    private static final String PREFIX = "lsk_";

    private static final String SHOWN = "lsk_…";

    private static final Pattern ANY_SECRET = Pattern.compile("lsk_[A-Za-z0-9_.~-]+");

    private final String secret;

    SecretMask(LatteStreamSecret secret) {
        this.secret = secret.reveal();
    }

    /** Returns the text with all secrets masked: that of the engine, and any text in the format of a secret. */
    String mask(String text) {
        if (!text.contains(PREFIX)) {
            return text;
        }
        return ANY_SECRET.matcher(text.replace(secret, SHOWN)).replaceAll(SHOWN);
    }
}
