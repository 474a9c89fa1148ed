package com.lattestream.test.internal.application;

import java.net.Socket;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the certificates in the key store of the application and no others. The certificate itself is compared rather
 * than its issuer, name or dates, because only the application has the private key. Extends the extended trust manager,
 * because the JDK verifies host names for all others, and the certificate of an application seldom contains
 * {@code localhost}. Thread-safe.
 */
final class ApplicationCertificateTrustManager extends X509ExtendedTrustManager {

    private final Supplier<KeyStore> keyStore;

    private final Supplier<@Nullable String> alias;

    /**
     * Creates a trust manager.
     * @param keyStore returns the key store with the certificates
     * @param alias returns the alias of the only certificate to be trusted, or null for all that have a private key
     */
    ApplicationCertificateTrustManager(Supplier<KeyStore> keyStore, Supplier<@Nullable String> alias) {
        this.keyStore = keyStore;
        this.alias = alias;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !isOwn(chain[0])) {
            throw new CertificateException("The server's certificate is not in the key store of the application"
                    + (chain.length == 0 ? "" : ": " + chain[0].getSubjectX500Principal()));
        }
    }

    private boolean isOwn(X509Certificate certificate) throws CertificateException {
        KeyStore store = keyStore.get();
        String only = alias.get();
        try {
            for (String each : only == null ? Collections.list(store.aliases()) : List.of(only)) {
                if (store.isKeyEntry(each) && certificate.equals(store.getCertificate(each))) {
                    return true;
                }
            }
            return false;
        } catch (KeyStoreException ex) {
            throw new CertificateException("The key store of the application cannot be read", ex);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("No client is trusted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
