package com.lattestream.samples.chat.browser;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the page needs to know when it talks to the service.
 *
 * @param publicKey Public key (lspk_...) that browsers connect with. Not needed with the local engine.
 */
@ConfigurationProperties("chat")
record ChatProperties(@Nullable String publicKey) {}
