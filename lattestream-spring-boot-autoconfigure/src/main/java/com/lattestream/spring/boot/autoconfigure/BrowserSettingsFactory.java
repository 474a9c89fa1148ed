package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.spring.LatteStreamBrowserSettings;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.internal.client.LocalEngineConnectionDetails;
import org.jspecify.annotations.Nullable;

/** Creates the settings of browsers. */
final class BrowserSettingsFactory {

    private static final String PUBLIC_KEY = "lattestream.public-key";

    private BrowserSettingsFactory() {}

    static LatteStreamBrowserSettings create(
            LatteStreamConnectionDetails details, LatteStreamProperties.Mode mode, @Nullable String authEndpoint) {
        String key = details.getPublicKey();
        if (key == null
                && mode == LatteStreamProperties.Mode.REMOTE
                && !(details instanceof LocalEngineConnectionDetails)) {
            throw new InvalidLatteStreamPropertyException(
                    PUBLIC_KEY,
                    "It is not set, but a bean uses LatteStreamBrowserSettings. Set it to the public key (lspk_...) that"
                            + " belongs to the secret",
                    null);
        }
        try {
            return new LatteStreamBrowserSettings(
                    key, details.getCluster(), details.getEndpoint(), details.isUseTls(), authEndpoint);
        } catch (IllegalArgumentException ex) {
            throw new InvalidLatteStreamPropertyException(PUBLIC_KEY, ex.getMessage(), null);
        }
    }
}
