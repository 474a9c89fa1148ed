package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamAuthorizationMetrics;
import com.lattestream.spring.boot.actuate.LatteStreamClientMetrics;
import com.lattestream.spring.boot.actuate.LatteStreamDeliveryMetrics;
import com.lattestream.spring.boot.actuate.LatteStreamWebhookMetrics;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthProperties;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamReactiveWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetricsPublisher;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;

/** Auto-configuration of LatteStream's metrics. */
@AutoConfiguration(
        after = {
            LatteStreamAutoConfiguration.class,
            LatteStreamAuthAutoConfiguration.class,
            LatteStreamWebhookAutoConfiguration.class,
            LatteStreamReactiveWebhookAutoConfiguration.class
        },
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({LatteStreamClient.class, MeterRegistry.class})
@ConditionalOnBean(LatteStreamClient.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class LatteStreamMetricsAutoConfiguration {

    LatteStreamMetricsAutoConfiguration() {}

    // static, because it is a post-processor
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ClientMeterBinder latteStreamClientMetrics() {
        return new ClientMeterBinder(
                (client, name, registry) -> new LatteStreamClientMetrics(client, name).bindTo(registry));
    }

    @Bean
    @ConditionalOnMissingBean
    LatteStreamDeliveryMetrics latteStreamDeliveryMetrics(MeterRegistry registry) {
        return new LatteStreamDeliveryMetrics(registry);
    }

    @Bean
    @ConditionalOnBean(LatteStreamAuthProperties.class)
    LatteStreamAuthorizationMetrics latteStreamAuthorizationMetrics(
            MeterRegistry registry, LatteStreamAuthProperties properties) {
        return new LatteStreamAuthorizationMetrics(
                registry, properties.mode().name().toLowerCase(Locale.ROOT));
    }

    @Bean
    @ConditionalOnBean(LatteStreamWebhookProperties.class)
    LatteStreamWebhookMetrics latteStreamWebhookMetrics(MeterRegistry registry) {
        return new LatteStreamWebhookMetrics(registry);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TaggedCircuitBreakerMetricsPublisher.class)
    @ImportRuntimeHints(ResilienceHints.class)
    static class ResilienceConfiguration {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ClientMeterBinder latteStreamResilienceMetrics() {
            return new ClientMeterBinder((client, name, registry) -> {
                TaggedCircuitBreakerMetricsPublisher breakers = new TaggedCircuitBreakerMetricsPublisher(registry);
                for (CircuitBreaker breaker : client.unwrapAll(CircuitBreaker.class)) {
                    breakers.publishMetrics(
                            name.equals(client.name())
                                    ? breaker
                                    : RenamedComponent.of(
                                            CircuitBreaker.class,
                                            breaker,
                                            RenamedComponent.rename(breaker.getName(), client.name(), name)));
                }
                TaggedRetryMetricsPublisher retries = new TaggedRetryMetricsPublisher(registry);
                for (Retry retry : client.unwrapAll(Retry.class)) {
                    retries.publishMetrics(
                            name.equals(client.name())
                                    ? retry
                                    : RenamedComponent.of(
                                            Retry.class,
                                            retry,
                                            RenamedComponent.rename(retry.getName(), client.name(), name)));
                }
            });
        }
    }

    static class ResilienceHints implements RuntimeHintsRegistrar {

        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            for (Class<?> type : List.of(CircuitBreaker.class, Retry.class)) {
                hints.proxies().registerJdkProxy(type);
                hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
            }
        }
    }
}
