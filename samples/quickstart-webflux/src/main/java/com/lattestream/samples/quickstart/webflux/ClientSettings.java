package com.lattestream.samples.quickstart.webflux;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the settings with which the page connects: the address and the public key, never the secret. */
@RestController
class ClientSettings {

    private final Settings settings;

    ClientSettings(
            LatteStreamConnectionDetails connection,
            QuickstartProperties properties,
            ObjectProvider<EmbeddedLatteStreamServer> engine) {
        EmbeddedLatteStreamServer local = engine.getIfAvailable();
        this.settings = local != null
                ? new Settings(local.publicKey(), local.endpoint(), null)
                : new Settings(properties.publicKey(), null, connection.getCluster());
    }

    @GetMapping("/client-settings")
    Settings settings() {
        return settings;
    }

    /**
     * The settings with which the page connects.
     *
     * @param publicKey the public key; null if none is configured
     * @param endpoint the address of the local engine, if there is one
     * @param cluster the cluster of the service, if there is no local engine
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Settings(
            @Nullable String publicKey,
            @Nullable String endpoint,
            @Nullable String cluster) {}
}
