package com.lattestream.samples.quickstart.webflux;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the quickstart.
 *
 * @param publicKey Public key (lspk_...) that browsers connect with. Not needed with the local engine.
 * @param hosts Host names under which the application is reached, besides localhost and IP addresses.
 */
@ConfigurationProperties("quickstart")
record QuickstartProperties(
        @Nullable String publicKey, @DefaultValue Set<String> hosts) {}
