package com.lattestream.spring.boot.autoconfigure;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/** The SSL context of a bundle, which changes when the bundle is reloaded. Thread-safe. */
final class ReloadableSslContext implements Supplier<SSLContext> {

    private static final Logger logger = LoggerFactory.getLogger(ReloadableSslContext.class);

    private volatile SSLContext context;

    ReloadableSslContext(SslBundle bundle) {
        this.context = bundle.createSslContext();
    }

    /** Uses another version of the bundle for new connections, unless its certificates cannot be loaded. */
    void reload(String name, SslBundle bundle) {
        try {
            context = bundle.createSslContext();
            logger.info("SSL bundle '{}' was reloaded; new connections to LatteStream use its certificates", name);
        } catch (RuntimeException ex) {
            logger.error(
                    "SSL bundle '{}' could not be reloaded; connections to LatteStream still use its former certificates."
                            + " Check the files of the bundle",
                    name,
                    ex);
        }
    }

    @Override
    public SSLContext get() {
        return context;
    }
}
