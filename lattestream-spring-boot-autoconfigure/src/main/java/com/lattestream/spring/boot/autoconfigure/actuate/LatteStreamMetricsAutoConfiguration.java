package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamAuthorizationMetrics;
import com.lattestream.spring.boot.actuate.LatteStreamClientMetrics;
import com.lattestream.spring.boot.actuate.LatteStreamDeliveryMetrics;
import com.lattestream.spring.boot.actuate.LatteStreamWebhookMetrics;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthProperties;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetricsPublisher;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of LatteStream's metrics. */
@AutoConfiguration(
        after = {
            LatteStreamAutoConfiguration.class,
            LatteStreamAuthAutoConfiguration.class,
            LatteStreamWebhookAutoConfiguration.class
        },
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({LatteStreamClient.class, MeterRegistry.class})
@ConditionalOnBean(LatteStreamClient.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class LatteStreamMetricsAutoConfiguration {

    LatteStreamMetricsAutoConfiguration() {}

    @Bean
    MeterBinder latteStreamClientMetrics(List<LatteStreamClient> clients) {
        return registry -> clients.forEach(client -> new LatteStreamClientMetrics(client).bindTo(registry));
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
    static class ResilienceConfiguration {

        @Bean
        MeterBinder latteStreamResilienceMetrics(List<LatteStreamClient> clients) {
            return registry -> {
                TaggedCircuitBreakerMetricsPublisher breakers = new TaggedCircuitBreakerMetricsPublisher(registry);
                TaggedRetryMetricsPublisher retries = new TaggedRetryMetricsPublisher(registry);
                for (LatteStreamClient client : clients) {
                    client.components(CircuitBreaker.class).forEach(breakers::publishMetrics);
                    client.components(Retry.class).forEach(retries::publishMetrics);
                }
            };
        }
    }
}
