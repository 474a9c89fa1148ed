package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamEndpoint;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of Actuator's endpoint {@code lattestream}. */
@AutoConfiguration(after = LatteStreamAutoConfiguration.class)
@ConditionalOnClass({LatteStreamClient.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(LatteStreamEndpoint.class)
@ConditionalOnBean(LatteStreamClient.class)
public final class LatteStreamEndpointAutoConfiguration {

    LatteStreamEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LatteStreamEndpoint latteStreamEndpoint(ConfigurableListableBeanFactory beanFactory) {
        ClientBeans clients = new ClientBeans(beanFactory);
        return new LatteStreamEndpoint(() -> created(clients));
    }

    private static Map<String, LatteStreamClient> created(ClientBeans clients) {
        Map<String, LatteStreamClient> created = new LinkedHashMap<>();
        for (ClientBean client : clients.all()) {
            client.getIfCreated().ifPresent(existing -> created.put(client.name(), existing));
        }
        return created;
    }
}
