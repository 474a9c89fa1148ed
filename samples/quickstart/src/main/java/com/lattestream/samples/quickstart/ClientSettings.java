package com.lattestream.samples.quickstart;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the page where to connect, and with which public key: never with the secret. */
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
     * Where to connect.
     *
     * @param publicKey what to connect with; none if none is configured
     * @param endpoint the local engine
     * @param cluster the service's cluster, if there is no local engine
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Settings(
            @Nullable String publicKey,
            @Nullable String endpoint,
            @Nullable String cluster) {}
}
