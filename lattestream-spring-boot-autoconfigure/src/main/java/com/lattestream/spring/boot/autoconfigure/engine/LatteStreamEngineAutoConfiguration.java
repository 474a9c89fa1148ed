package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that talks to a local engine instead of the service: to one that is a bean, or, with
 * {@code lattestream.engine.enabled=true}, to one that it starts.
 */
@AutoConfiguration(before = LatteStreamAutoConfiguration.class)
@ConditionalOnClass(LatteStreamClient.class)
@EnableConfigurationProperties(LatteStreamEngineProperties.class)
public final class LatteStreamEngineAutoConfiguration {

    LatteStreamEngineAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EmbeddedLatteStreamServer.class)
    static class EngineConfiguration {

        @Bean
        @ConditionalOnBooleanProperty("lattestream.engine.enabled")
        @ConditionalOnMissingBean
        EmbeddedLatteStreamServer embeddedLatteStreamServer(LatteStreamEngineProperties properties) {
            return start(allow(properties.allowedOrigins()), properties.port());
        }

        private static EmbeddedLatteStreamServer.Builder allow(List<String> origins) {
            try {
                return EmbeddedLatteStreamServer.builder().allowedOrigins(origins);
            } catch (IllegalArgumentException ex) {
                throw new InvalidLatteStreamPropertyException(
                        "lattestream.engine.allowed-origins", ex.getMessage(), ex);
            }
        }

        private static EmbeddedLatteStreamServer start(EmbeddedLatteStreamServer.Builder builder, int port) {
            try {
                return builder.port(port).start();
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

        // in a lazily initialized application too
        @Bean
        @Lazy(false)
        @ConditionalOnBooleanProperty("lattestream.engine.enabled")
        @ConditionalOnBean(EngineLatteStreamConnectionDetails.class)
        LocalEngineNotice latteStreamLocalEngineNotice(Environment environment) {
            return new LocalEngineNotice(environment);
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
