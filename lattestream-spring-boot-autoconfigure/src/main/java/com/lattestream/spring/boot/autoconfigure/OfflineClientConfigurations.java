package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.spring.LatteStreamConnectionDetails;
import java.util.Locale;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that ask no service, as {@code lattestream.mode} says. They stand back for a local engine, which sends nothing
 * to the service either, and for a client of the application's own.
 */
final class OfflineClientConfigurations {

    /** The wiring of the engine is not to be known here. */
    private static final String ENGINE_CONNECTION =
            "com.lattestream.spring.boot.autoconfigure.engine.EngineLatteStreamConnectionDetails";

    private static final Logger logger = LoggerFactory.getLogger(OfflineClientConfigurations.class);

    private OfflineClientConfigurations() {}

    private static LatteStreamClient create(
            LatteStreamProperties properties,
            LatteStreamConnectionDetails connectionDetails,
            ObjectProvider<JsonMapper> jsonMapper,
            BiFunction<@Nullable String, JsonMapper, OfflineLatteStreamClient> constructor) {
        logger.info(
                "'lattestream.mode' is {}: nothing is sent to the LatteStream service",
                properties.mode().name().toLowerCase(Locale.ROOT));
        JsonMapper mapper = jsonMapper.getIfUnique(() -> JsonMapper.builder().build());
        String secret = secret(connectionDetails);
        return connectionDetails instanceof PropertiesLatteStreamConnectionDetails
                ? LatteStreamPropertiesMapper.map("secret", secret, value -> constructor.apply(value, mapper))
                : constructor.apply(secret, mapper);
    }

    // it may be missing here: all that it is for is to sign, and to verify webhooks
    private static @Nullable String secret(LatteStreamConnectionDetails connectionDetails) {
        try {
            return connectionDetails.getSecret();
        } catch (MissingLatteStreamSecretException ex) {
            return null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "lattestream.mode", havingValue = "log")
    @ConditionalOnMissingBean(value = LatteStreamClient.class, type = ENGINE_CONNECTION)
    static class Log {

        @Bean
        LatteStreamClient latteStreamClient(
                LatteStreamProperties properties,
                LatteStreamConnectionDetails connectionDetails,
                ObjectProvider<JsonMapper> jsonMapper) {
            return create(properties, connectionDetails, jsonMapper, OfflineLatteStreamClient::logging);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "lattestream.mode", havingValue = "none")
    @ConditionalOnMissingBean(value = LatteStreamClient.class, type = ENGINE_CONNECTION)
    static class None {

        @Bean
        LatteStreamClient latteStreamClient(
                LatteStreamProperties properties,
                LatteStreamConnectionDetails connectionDetails,
                ObjectProvider<JsonMapper> jsonMapper) {
            return create(properties, connectionDetails, jsonMapper, OfflineLatteStreamClient::new);
        }
    }
}
