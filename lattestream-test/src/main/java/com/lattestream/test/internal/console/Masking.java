package com.lattestream.test.internal.console;

import com.lattestream.core.crypto.LatteStreamSecret;
import java.util.regex.Pattern;

/** Keeps secrets out of what the page shows, wherever somebody may have put one by mistake. Immutable. */
final class Masking {

    private static final String PREFIX = "lsk_";

    private static final String SHOWN = "lsk_…";

    private static final Pattern ANY_SECRET = Pattern.compile("lsk_[A-Za-z0-9_.~-]+");

    private final String secret;

    Masking(LatteStreamSecret secret) {
        this.secret = secret.reveal();
    }

    /** Returns the text with each secret left out: the engine's own, and whatever looks like another one. */
    String mask(String text) {
        if (!text.contains(PREFIX)) {
            return text;
        }
        return ANY_SECRET.matcher(text.replace(secret, SHOWN)).replaceAll(SHOWN);
    }
}
