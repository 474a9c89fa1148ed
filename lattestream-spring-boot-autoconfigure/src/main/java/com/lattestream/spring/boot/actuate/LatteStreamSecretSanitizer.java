package com.lattestream.spring.boot.actuate;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks the secrets of LatteStream in Actuator's endpoints, also where values are to be shown always: by the names of the
 * properties, and by what a secret looks like, for it may also be in a command line, in JSON, or in a property that a
 * placeholder refers to. Thread-safe.
 */
public final class LatteStreamSecretSanitizer implements SanitizingFunction {

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

    private static final String SECRET_PREFIX = "lsk_";

    /** Creates one. */
    public LatteStreamSecretSanitizer() {}

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        return value != null
                        && (isNameOfSecret(data.getKey()) || value.toString().contains(SECRET_PREFIX))
                ? data.withSanitizedValue()
                : data;
    }

    // as a property, as an environment variable, and with the index of a list
    private static boolean isNameOfSecret(String key) {
        String name = SEPARATORS.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("");
        return name.startsWith("lattestreamsecret")
                || name.startsWith("lattestreamwebhooksecrets")
                || name.startsWith("lattestreamproxypassword");
    }
}
