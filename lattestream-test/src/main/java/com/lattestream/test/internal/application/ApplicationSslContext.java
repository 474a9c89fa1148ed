package com.lattestream.test.internal.application;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;

/** Creates the SSL context with which the engine connects to the application. */
final class ApplicationSslContext {

    private ApplicationSslContext() {}

    /**
     * Creates an SSL context that trusts the application's own certificate and no other.
     * @param ssl configuration of the application's server
     * @param bundles bundles of the application, if it has any
     * @return the context; null if the certificate is in no key store, so that the JVM's default applies
     */
    static @Nullable SSLContext create(Ssl ssl, @Nullable SslBundles bundles) {
        SslBundle bundle = WebServerSslBundle.get(ssl, bundles);
        if (bundle.getStores().getKeyStore() == null) {
            return null;
        }
        String name = ssl.getBundle();
        // a named bundle can be reloaded, and the server then uses another certificate
        Supplier<SslBundle> current = name == null || bundles == null ? () -> bundle : () -> bundles.getBundle(name);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyManagers(ssl, bundle),
                    new TrustManager[] {
                        new ApplicationCertificateTrustManager(
                                () -> keyStore(current.get()),
                                () -> current.get().getKey().getAlias())
                    },
                    null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("The SSL context for webhooks to the application cannot be created", ex);
        }
    }

    private static KeyStore keyStore(SslBundle bundle) {
        KeyStore keyStore = bundle.getStores().getKeyStore();
        if (keyStore == null) {
            throw new IllegalStateException("The SSL bundle of the application's server has no key store any more");
        }
        return keyStore;
    }

    // only if the server requires client authentication: an optional client certificate that is not trusted is rejected
    private static KeyManager @Nullable [] keyManagers(Ssl ssl, SslBundle bundle) {
        return ssl.getClientAuth() == Ssl.ClientAuth.NEED ? bundle.getManagers().getKeyManagers() : null;
    }
}
