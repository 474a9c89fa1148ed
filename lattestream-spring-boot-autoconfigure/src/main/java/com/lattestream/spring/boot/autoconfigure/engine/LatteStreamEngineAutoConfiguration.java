package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration that talks to a local engine instead of the service: to one that is a bean, or, with
 * {@code lattestream.engine.enabled=true}, to one that it starts.
 */
@AutoConfiguration(before = LatteStreamAutoConfiguration.class)
@ConditionalOnClass(LatteStreamClient.class)
@EnableConfigurationProperties(LatteStreamEngineProperties.class)
public final class LatteStreamEngineAutoConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(LatteStreamEngineAutoConfiguration.class);

    LatteStreamEngineAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EmbeddedLatteStreamServer.class)
    static class EngineConfiguration {

        @Bean
        @ConditionalOnBooleanProperty("lattestream.engine.enabled")
        @ConditionalOnMissingBean
        EmbeddedLatteStreamServer embeddedLatteStreamServer(LatteStreamEngineProperties properties) {
            EmbeddedLatteStreamServer server = start(properties.port());
            logger.info(
                    "Local LatteStream engine: REST on http://{}, WebSocket on ws://{}, public key {}; nothing leaves this"
                            + " machine",
                    server.endpoint(),
                    server.endpoint(),
                    server.publicKey());
            return server;
        }

        private static EmbeddedLatteStreamServer start(int port) {
            try {
                return EmbeddedLatteStreamServer.builder().port(port).start();
            } catch (IllegalArgumentException | IllegalStateException ex) {
                // no port, or one in use
                throw new InvalidLatteStreamPropertyException("lattestream.engine.port", ex.getMessage(), ex);
            }
        }

        @Bean
        @ConditionalOnSingleCandidate(EmbeddedLatteStreamServer.class)
        @ConditionalOnMissingBean(LatteStreamConnectionDetails.class)
        EngineLatteStreamConnectionDetails latteStreamConnectionDetails(EmbeddedLatteStreamServer server) {
            return new EngineLatteStreamConnectionDetails(server);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("com.lattestream.test.EmbeddedLatteStreamServer")
    @ConditionalOnBooleanProperty("lattestream.engine.enabled")
    static class NoEngineConfiguration {

        // before any bean can talk to the service by mistake
        @Bean
        static BeanFactoryPostProcessor latteStreamEngineRequirement() {
            return beanFactory -> {
                throw new MissingLatteStreamEngineException();
            };
        }
    }
}
