package com.lattestream.samples.chat.browser;

import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/** Determines the address with which the page connects: that of the service, or of the local engine. */
@Configuration(proxyBeanMethods = false)
class BrowserConfiguration {

    @Bean
    ClientSettings clientSettings(
            LatteStreamConnectionDetails connection,
            ChatProperties properties,
            ObjectProvider<EmbeddedLatteStreamServer> engine) {
        EmbeddedLatteStreamServer local = engine.getIfAvailable();
        String key = local != null ? local.publicKey() : properties.publicKey();
        if (!StringUtils.hasText(key)) {
            throw new IllegalStateException(
                    "Set LATTESTREAM_KEY to the public key (lspk_...) that belongs to LATTESTREAM_SECRET");
        }
        return new ClientSettings(key, connection.getCluster(), connection.getEndpoint());
    }
}
