package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener;
import com.lattestream.spring.internal.webhook.WebhookPath;
import com.lattestream.spring.internal.webhook.WebhookTransaction;
import com.lattestream.spring.internal.webhook.WebhookUrlPath;
import com.lattestream.spring.internal.webhook.reactive.WebhookGuardHandlerAdapter;
import com.lattestream.spring.internal.webhook.reactive.WebhookHandlers;
import com.lattestream.spring.internal.webhook.reactive.WebhookPayloadDecoder;
import com.lattestream.spring.internal.webhook.reactive.WebhookWebFilter;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Auto-configuration of webhooks on Spring WebFlux. */
@AutoConfiguration(
        after = LatteStreamAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({LatteStreamClient.class, DispatcherHandler.class, WebFluxProperties.class})
@ConditionalOnBean({LatteStreamClient.class, DispatcherHandler.class})
@ConditionalOnBooleanProperty(name = "lattestream.webhook.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamWebhookProperties.class)
@Import({
    WebhookReplayGuardConfigurations.Redis.class,
    WebhookReplayGuardConfigurations.Memory.class,
    WebhookTransactionConfigurations.Spring.class,
    WebhookTransactionConfigurations.None.class,
    WebhookListenerConfiguration.class
})
public final class LatteStreamReactiveWebhookAutoConfiguration {

    private final WebhookComponentFactory components;

    LatteStreamReactiveWebhookAutoConfiguration(LatteStreamWebhookProperties properties) {
        this.components = new WebhookComponentFactory(properties);
    }

    @Bean
    WebhookWebFilter latteStreamWebhookWebFilter(
            ConfigurableListableBeanFactory beanFactory,
            WebhookReplayGuard guard,
            ObjectProvider<WebhookOutcomeListener> listener,
            ApplicationEventPublisher publisher,
            WebhookTransaction transaction,
            WebhookHandlers handlers) {
        return new WebhookWebFilter(
                components.bodyLimiter(),
                components.processor(beanFactory, guard, listener, publisher, transaction),
                handlers);
    }

    @Bean
    WebhookClientValidator latteStreamWebhookClientValidator(AbstractApplicationContext context) {
        return components.clientValidator(context);
    }

    @Bean
    WebhookHandlers latteStreamWebhookHandlers(ApplicationContext context) {
        return new WebhookHandlers(new WebhookPath(components.path()), context);
    }

    @Bean
    WebhookGuardHandlerAdapter latteStreamWebhookGuardHandlerAdapter(
            WebhookHandlers handlers, ApplicationContext context, ObjectProvider<WebhookOutcomeListener> listener) {
        // looked up with the first refusal, because handler adapters are created before most other beans
        return new WebhookGuardHandlerAdapter(
                handlers, context, outcome -> listener.ifAvailable(available -> available.onOutcome(outcome)));
    }

    // for the server only: beans that customize codecs also apply to clients
    @Bean
    WebFluxConfigurer latteStreamWebhookCodecConfigurer() {
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.customCodecs().register(new WebhookPayloadDecoder());
            }
        };
    }

    @Bean
    WebhookUrlPath latteStreamWebhookUrlPath(ObjectProvider<WebFluxProperties> webFlux) {
        WebFluxProperties properties = webFlux.getIfAvailable(WebFluxProperties::new);
        return new WebhookUrlPath(Objects.requireNonNullElse(properties.getBasePath(), "") + components.path());
    }
}
