package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.spring.LatteStreamConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/** Connection details from the properties. */
final class PropertiesLatteStreamConnectionDetails implements LatteStreamConnectionDetails {

    private final LatteStreamProperties properties;

    private final @Nullable SslBundles sslBundles;

    PropertiesLatteStreamConnectionDetails(LatteStreamProperties properties, @Nullable SslBundles sslBundles) {
        this.properties = properties;
        this.sslBundles = sslBundles;
    }

    @Override
    public String getSecret() {
        String secret = properties.secret();
        if (secret == null || secret.isBlank()) {
            throw new MissingLatteStreamSecretException();
        }
        return secret;
    }

    @Override
    public @Nullable String getPublicKey() {
        return StringUtils.hasText(properties.publicKey()) ? properties.publicKey() : null;
    }

    @Override
    public String getCluster() {
        return properties.cluster();
    }

    @Override
    public @Nullable String getEndpoint() {
        return properties.endpoint();
    }

    @Override
    public boolean isUseTls() {
        return properties.useTls();
    }

    /**
     * Registers a context that is updated when the SSL bundle is reloaded.
     * @param context the context of the bundle
     */
    void onSslBundleReload(ReloadableSslContext context) {
        String name = properties.ssl().bundle();
        if (sslBundles != null && StringUtils.hasLength(name)) {
            sslBundles.addBundleUpdateHandler(name, bundle -> context.reload(name, bundle));
        }
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        String name = properties.ssl().bundle();
        if (!StringUtils.hasLength(name)) {
            return null;
        }
        if (sslBundles == null) {
            throw new InvalidLatteStreamPropertyException("lattestream.ssl.bundle", "there are no SSL bundles", null);
        }
        try {
            return sslBundles.getBundle(name);
        } catch (NoSuchSslBundleException ex) {
            throw new InvalidLatteStreamPropertyException("lattestream.ssl.bundle", ex.getMessage(), ex);
        }
    }
}
