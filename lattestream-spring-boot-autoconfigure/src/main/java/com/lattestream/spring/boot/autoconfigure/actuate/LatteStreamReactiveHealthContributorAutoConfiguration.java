package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamReactiveHealthIndicator;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        extends CompositeReactiveHealthContributorConfiguration<LatteStreamReactiveHealthIndicator, ClientBean> {

    LatteStreamReactiveHealthContributorAutoConfiguration(LatteStreamHealthProperties properties) {
        // without a probe, the health indicator must not cause the creation of a client
        super(client -> new LatteStreamReactiveHealthIndicator(
                properties.probe() ? () -> Optional.of(client.get()) : client::getIfCreated, properties.probe()));
    }

    @Bean
    @ConditionalOnMissingBean(name = {"lattestreamHealthIndicator", "lattestreamHealthContributor"})
    ReactiveHealthContributor lattestreamHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        Map<String, ClientBean> clients = new LinkedHashMap<>();
        new ClientBeans(beanFactory).all().forEach(client -> clients.put(client.name(), client));
        return createContributor(clients);
    }
}
