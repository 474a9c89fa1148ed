package com.lattestream.spring.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Determines which properties must not be shown, from their names and from the format of secrets, because a secret may
 * also be in a command line, in JSON, in a property that a placeholder refers to, or in the wrong property.
 */
public final class SecretProperties {

    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

    private static final String PREFIX = "lattestream";

    private static final String SECRET_PREFIX = "lsk_";

    private SecretProperties() {}

    /**
     * Returns whether a property must not be shown.
     * @param name the name, as a property or as an environment variable
     * @param value the value
     * @return whether the name is that of a secret, or the value contains a secret
     */
    public static boolean isSecret(String name, @Nullable Object value) {
        return isSecretName(name) || isSecretText(value);
    }

    private static boolean isSecretText(@Nullable Object value) {
        return value != null && value.toString().contains(SECRET_PREFIX);
    }

    private static boolean isSecretName(String name) {
        String letters = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return letters.startsWith(PREFIX) && (letters.contains("secret") || letters.contains("password"));
    }
}
