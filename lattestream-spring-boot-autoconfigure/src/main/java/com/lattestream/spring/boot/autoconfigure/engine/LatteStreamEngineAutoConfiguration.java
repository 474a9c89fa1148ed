package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.client.LocalEngine;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that connects to a local engine instead of the service: to an engine that is a bean, or, with
 * {@code lattestream.engine.enabled=true}, to an engine that it starts.
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
        static LocalEngineRegistrar latteStreamLocalEngineRegistrar(Environment environment) {
            return new LocalEngineRegistrar(environment);
        }

        @Bean
        LocalEngine latteStreamLocalEngine(ObjectProvider<EmbeddedLatteStreamServer> engines) {
            return () -> {
                EmbeddedLatteStreamServer engine = engines.getIfUnique();
                return engine == null ? null : new EngineLatteStreamConnectionDetails(engine);
            };
        }

        // also in a lazily initialized application
        @Bean
        @Lazy(false)
        @ConditionalOnMissingBean
        LocalEngineNotice latteStreamLocalEngineNotice(
                Environment environment, ObjectProvider<LatteStreamConnectionDetails> connectionDetails) {
            return new LocalEngineNotice(environment, connectionDetails);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("com.lattestream.test.EmbeddedLatteStreamServer")
    static class NoEngineConfiguration {

        // before a bean can send a request to the service by mistake
        @Bean
        static BeanFactoryPostProcessor latteStreamEngineRequirement(Environment environment) {
            return beanFactory -> {
                if (EngineActivation.isEnabled(environment) && !EngineActivation.isAotProcessing()) {
                    throw new MissingLatteStreamEngineException();
                }
            };
        }
    }
}
