package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.spring.LatteStreamConnectionDetails;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Creates the clients of the modes that send no requests. */
final class OfflineClientFactory {

    private static final Logger logger = LoggerFactory.getLogger(OfflineClientFactory.class);

    private OfflineClientFactory() {}

    static LatteStreamClient create(
            LatteStreamProperties.Mode mode, LatteStreamConnectionDetails connectionDetails, JsonMapper jsonMapper) {
        logger.info(
                "'lattestream.mode' is {}: nothing is sent to the LatteStream service",
                mode.name().toLowerCase(Locale.ROOT));
        String secret = secret(connectionDetails);
        return connectionDetails instanceof PropertiesLatteStreamConnectionDetails
                ? LatteStreamPropertiesMapper.map("secret", secret, value -> create(mode, value, jsonMapper))
                : create(mode, secret, jsonMapper);
    }

    private static LatteStreamClient create(
            LatteStreamProperties.Mode mode, @Nullable String secret, JsonMapper jsonMapper) {
        return mode == LatteStreamProperties.Mode.LOG
                ? OfflineLatteStreamClient.logging(secret, jsonMapper)
                : new OfflineLatteStreamClient(secret, jsonMapper);
    }

    // optional in these modes: it only signs authorizations and verifies webhooks
    private static @Nullable String secret(LatteStreamConnectionDetails connectionDetails) {
        try {
            return connectionDetails.getSecret();
        } catch (MissingLatteStreamSecretException ex) {
            return null;
        }
    }
}
