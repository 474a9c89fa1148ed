package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamReactiveHealthIndicator;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** Auto-configuration of the health of LatteStream in reactive web applications. */
@AutoConfiguration(after = LatteStreamAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({
    LatteStreamClient.class,
    LatteStreamReactiveHealthIndicator.class,
    ConditionalOnEnabledHealthIndicator.class,
    Flux.class
})
@ConditionalOnBean(LatteStreamClient.class)
@ConditionalOnEnabledHealthIndicator("lattestream")
@EnableConfigurationProperties(LatteStreamHealthProperties.class)
public final class LatteStreamReactiveHealthContributorAutoConfiguration
        extends CompositeReactiveHealthContributorConfiguration<LatteStreamReactiveHealthIndicator, LatteStreamClient> {

    LatteStreamReactiveHealthContributorAutoConfiguration(LatteStreamHealthProperties properties) {
        super(client -> new LatteStreamReactiveHealthIndicator(client, properties.probe()));
    }

    @Bean
    @ConditionalOnMissingBean(name = {"lattestreamHealthIndicator", "lattestreamHealthContributor"})
    ReactiveHealthContributor lattestreamHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, LatteStreamClient.class);
    }
}
