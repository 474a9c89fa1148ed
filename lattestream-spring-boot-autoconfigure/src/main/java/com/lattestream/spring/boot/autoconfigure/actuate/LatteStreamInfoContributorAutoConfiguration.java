package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamInfoContributor;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.client.ClientBeans;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of LatteStream's entry in the info endpoint, which is disabled by default. */
@AutoConfiguration(after = LatteStreamAutoConfiguration.class)
@ConditionalOnClass({
    LatteStreamClient.class,
    LatteStreamInfoContributor.class,
    ConditionalOnEnabledInfoContributor.class
})
@ConditionalOnBean(LatteStreamClient.class)
@ConditionalOnEnabledInfoContributor(value = "lattestream", fallback = InfoContributorFallback.DISABLE)
public final class LatteStreamInfoContributorAutoConfiguration {

    LatteStreamInfoContributorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LatteStreamInfoContributor latteStreamInfoContributor(ConfigurableListableBeanFactory beanFactory) {
        ClientBeans clients = new ClientBeans(beanFactory);
        return new LatteStreamInfoContributor(() -> clients.all().stream()
                .flatMap(client -> client.getIfCreated().stream())
                .toList());
    }
}
