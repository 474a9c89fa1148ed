package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamHealthIndicator;
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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health of LatteStream, with one component for each client. */
@AutoConfiguration(after = LatteStreamAutoConfiguration.class)
@ConditionalOnClass({
    LatteStreamClient.class,
    LatteStreamHealthIndicator.class,
    ConditionalOnEnabledHealthIndicator.class
})
@ConditionalOnBean(LatteStreamClient.class)
@ConditionalOnEnabledHealthIndicator("lattestream")
@EnableConfigurationProperties(LatteStreamHealthProperties.class)
public final class LatteStreamHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<LatteStreamHealthIndicator, ClientBean> {

    LatteStreamHealthContributorAutoConfiguration(LatteStreamHealthProperties properties) {
        // without a probe, the health indicator must not cause the creation of a client
        super(client -> new LatteStreamHealthIndicator(
                properties.probe() ? () -> Optional.of(client.get()) : client::getIfCreated, properties.probe()));
    }

    // the name of a component is that of its bean, without the suffix
    @Bean
    @ConditionalOnMissingBean(name = {"lattestreamHealthIndicator", "lattestreamHealthContributor"})
    HealthContributor lattestreamHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        Map<String, ClientBean> clients = new LinkedHashMap<>();
        new ClientBeans(beanFactory).all().forEach(client -> clients.put(client.name(), client));
        return createContributor(clients);
    }
}
