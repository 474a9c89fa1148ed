package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamEndpoint;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.LatteStreamProperties;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthProperties;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamReactiveWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookProperties;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of Actuator's endpoint {@code lattestream}. */
@AutoConfiguration(
        after = {
            LatteStreamAutoConfiguration.class,
            LatteStreamAuthAutoConfiguration.class,
            LatteStreamWebhookAutoConfiguration.class,
            LatteStreamReactiveWebhookAutoConfiguration.class
        })
@ConditionalOnClass({LatteStreamClient.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(LatteStreamEndpoint.class)
@ConditionalOnBean(LatteStreamClient.class)
@RegisterReflectionForBinding({
    LatteStreamProperties.class,
    LatteStreamAuthProperties.class,
    LatteStreamWebhookProperties.class
})
public final class LatteStreamEndpointAutoConfiguration {

    LatteStreamEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LatteStreamEndpoint latteStreamEndpoint(
            ConfigurableListableBeanFactory beanFactory,
            ObjectProvider<LatteStreamProperties> properties,
            ObjectProvider<LatteStreamAuthProperties> auth,
            ObjectProvider<LatteStreamWebhookProperties> webhook) {
        ConfigurationReport report = new ConfigurationReport();
        properties.ifAvailable(report::add);
        auth.ifAvailable(report::add);
        webhook.ifAvailable(report::add);
        return new LatteStreamEndpoint(() -> created(new ClientBeans(beanFactory)), report.lines());
    }

    private static Map<String, LatteStreamClient> created(ClientBeans clients) {
        Map<String, LatteStreamClient> created = new LinkedHashMap<>();
        for (ClientBean client : clients.all()) {
            client.getIfCreated().ifPresent(existing -> created.put(client.name(), existing));
        }
        return created;
    }
}
