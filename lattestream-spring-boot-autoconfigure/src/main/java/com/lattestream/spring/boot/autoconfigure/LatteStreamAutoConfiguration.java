package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.DeliveryListener;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamClientBuilder;
import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.TransactionBoundary;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.spring.LatteStreamClientBuilderCustomizer;
import com.lattestream.spring.LatteStreamConnectionDetails;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of the LatteStream client and template. */
@AutoConfiguration
@ConditionalOnClass(LatteStreamClient.class)
@EnableConfigurationProperties(LatteStreamProperties.class)
@Import({
    OfflineClientConfigurations.Log.class,
    OfflineClientConfigurations.None.class,
    TransactionBoundaryConfigurations.Spring.class,
    TransactionBoundaryConfigurations.None.class
})
public final class LatteStreamAutoConfiguration {

    private final LatteStreamProperties properties;

    LatteStreamAutoConfiguration(LatteStreamProperties properties) {
        this.properties = properties;
    }

    // static, and infrastructure: other properties are bound before this configuration is created
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LatteStreamBindHandlerAdvisor latteStreamBindHandlerAdvisor() {
        return new LatteStreamBindHandlerAdvisor();
    }

    @Bean
    @ConditionalOnMissingBean(LatteStreamConnectionDetails.class)
    PropertiesLatteStreamConnectionDetails latteStreamConnectionDetails(ObjectProvider<SslBundles> sslBundles) {
        return new PropertiesLatteStreamConnectionDetails(properties, sslBundles.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    LatteStreamClient latteStreamClient(
            LatteStreamConnectionDetails connectionDetails,
            ObjectProvider<JsonMapper> jsonMapper,
            ObjectProvider<UndeliveredEventHandler> undeliveredEventHandler,
            ObjectProvider<DeliveryListener> deliveryListeners,
            ObjectProvider<RequestObserver> requestObserver,
            ObjectProvider<LatteStreamClientBuilderCustomizer> customizers) {
        LatteStreamClientBuilder builder = new LatteStreamPropertiesMapper(properties).createBuilder(connectionDetails);
        jsonMapper.ifUnique(builder::jsonMapper);
        undeliveredEventHandler.ifUnique(builder::undeliveredEventHandler);
        deliveryListeners.orderedStream().forEach(builder::deliveryListener);
        requestObserver.ifUnique(builder::requestObserver);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnSingleCandidate(LatteStreamClient.class)
    @ConditionalOnMissingBean(LatteStreamOperations.class)
    LatteStreamTemplate latteStreamTemplate(LatteStreamClient client, TransactionBoundary transactions) {
        return new LatteStreamTemplate(client, transactions);
    }

    @Bean
    LatteStreamClientLifecycle latteStreamClientLifecycle(List<LatteStreamClient> clients) {
        return new LatteStreamClientLifecycle(clients);
    }
}
