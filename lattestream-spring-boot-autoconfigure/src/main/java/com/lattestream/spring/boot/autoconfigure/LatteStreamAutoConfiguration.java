package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.DeliveryListener;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamClientBuilder;
import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.TransactionBoundary;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.spring.LatteStreamBrowserSettings;
import com.lattestream.spring.LatteStreamClientBuilderCustomizer;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.internal.auth.AuthorizationUrlPath;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import com.lattestream.spring.internal.client.LocalEngine;
import com.lattestream.spring.internal.client.LocalEngineConnectionDetails;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of the LatteStream client and template. */
@AutoConfiguration
@ConditionalOnClass(LatteStreamClient.class)
@EnableConfigurationProperties(LatteStreamProperties.class)
@Import({TransactionBoundaryConfigurations.Spring.class, TransactionBoundaryConfigurations.None.class})
public final class LatteStreamAutoConfiguration {

    private final LatteStreamProperties properties;

    LatteStreamAutoConfiguration(LatteStreamProperties properties) {
        this.properties = properties;
    }

    // static, and with the infrastructure role: other properties are bound before this configuration is created
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LatteStreamBindHandlerAdvisor latteStreamBindHandlerAdvisor() {
        return new LatteStreamBindHandlerAdvisor();
    }

    // checks for an engine at run time, because ahead-of-time processing would freeze the result of a condition
    @Bean
    @ConditionalOnMissingBean(LatteStreamConnectionDetails.class)
    LatteStreamConnectionDetails latteStreamConnectionDetails(
            ObjectProvider<LocalEngine> localEngine, ObjectProvider<SslBundles> sslBundles) {
        LocalEngine engine = localEngine.getIfAvailable();
        LatteStreamConnectionDetails details = engine == null ? null : engine.connectionDetails();
        return details != null
                ? details
                : new PropertiesLatteStreamConnectionDetails(properties, sslBundles.getIfAvailable());
    }

    // lazy, because an application whose template is a mock needs no secret; the template creates it at startup
    @Bean(ClientBean.AUTO_CONFIGURED)
    @Lazy
    @ConditionalOnMissingBean
    LatteStreamClient latteStreamClient(
            LatteStreamConnectionDetails connectionDetails,
            ObjectProvider<JsonMapper> jsonMapper,
            ObjectProvider<UndeliveredEventHandler> undeliveredEventHandler,
            ObjectProvider<DeliveryListener> deliveryListeners,
            ObjectProvider<RequestObserver> requestObserver,
            ObjectProvider<LatteStreamClientBuilderCustomizer> customizers) {
        // with an engine, no request is sent to the service either
        if (properties.mode() != LatteStreamProperties.Mode.REMOTE
                && !(connectionDetails instanceof LocalEngineConnectionDetails)) {
            return OfflineClients.create(
                    properties.mode(),
                    connectionDetails,
                    jsonMapper.getIfUnique(() -> JsonMapper.builder().build()));
        }
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

    // lazy, because only applications with pages of their own need the public key
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    LatteStreamBrowserSettings latteStreamBrowserSettings(
            LatteStreamConnectionDetails connectionDetails, ObjectProvider<AuthorizationUrlPath> authorizationPath) {
        AuthorizationUrlPath path = authorizationPath.getIfAvailable();
        return BrowserSettingsFactory.create(
                connectionDetails, properties.mode(), path == null ? null : path.value());
    }

    @Bean
    LatteStreamClientLifecycle latteStreamClientLifecycle(ConfigurableListableBeanFactory beanFactory) {
        ClientBeans clients = new ClientBeans(beanFactory);
        // clients of a parent context deliver their events when that context stops
        return new LatteStreamClientLifecycle(() -> clients.own().stream()
                .flatMap(client -> client.getIfCreated().stream())
                .toList());
    }

    // opt-in, because an application that calls SpringApplication.exit may have exit codes of its own
    @Bean
    @ConditionalOnBooleanProperty("lattestream.exit-code.enabled")
    LatteStreamExitCodeGenerator latteStreamExitCodeGenerator(
            ConfigurableListableBeanFactory beanFactory, LatteStreamClientLifecycle lifecycle) {
        ClientBeans clients = new ClientBeans(beanFactory);
        return new LatteStreamExitCodeGenerator(
                () -> clients.all().stream()
                        .flatMap(client -> client.getIfCreated().stream())
                        .toList(),
                lifecycle);
    }
}
