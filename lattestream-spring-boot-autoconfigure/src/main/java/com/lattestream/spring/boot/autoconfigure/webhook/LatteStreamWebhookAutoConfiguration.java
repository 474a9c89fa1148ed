package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener;
import com.lattestream.spring.internal.webhook.WebhookPath;
import com.lattestream.spring.internal.webhook.WebhookTransaction;
import com.lattestream.spring.internal.webhook.WebhookUrlPath;
import com.lattestream.spring.internal.webhook.servlet.UnverifiedRequestHandler;
import com.lattestream.spring.internal.webhook.servlet.UnverifiedRequestHandlerMapping;
import com.lattestream.spring.internal.webhook.servlet.WebhookFilter;
import com.lattestream.spring.internal.webhook.servlet.WebhookHandlerInterceptor;
import com.lattestream.spring.internal.webhook.servlet.WebhookHandlers;
import com.lattestream.spring.internal.webhook.servlet.WebhookPayloadHttpMessageConverter;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Auto-configuration of webhooks on Spring MVC. */
@AutoConfiguration(
        // of filters with equal orders, those of earlier configurations come first
        beforeName = "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
        after = LatteStreamAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({LatteStreamClient.class, RequestMappingHandlerMapping.class, DispatcherServletPath.class})
@ConditionalOnBean({LatteStreamClient.class, RequestMappingHandlerMapping.class})
@ConditionalOnBooleanProperty(name = "lattestream.webhook.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamWebhookProperties.class)
@Import({
    WebhookReplayGuardConfigurations.Redis.class,
    WebhookReplayGuardConfigurations.Memory.class,
    WebhookTransactionConfigurations.Spring.class,
    WebhookTransactionConfigurations.None.class,
    WebhookListenerConfiguration.class
})
public final class LatteStreamWebhookAutoConfiguration {

    private final WebhookComponentFactory components;

    LatteStreamWebhookAutoConfiguration(LatteStreamWebhookProperties properties) {
        this.components = new WebhookComponentFactory(properties);
    }

    @Bean
    FilterRegistrationBean<WebhookFilter> latteStreamWebhookFilter(
            ConfigurableListableBeanFactory beanFactory,
            Environment environment,
            WebhookReplayGuard guard,
            ObjectProvider<WebhookOutcomeListener> listener,
            ApplicationEventPublisher publisher,
            WebhookTransaction transaction,
            WebhookHandlers handlers,
            WebhookUrlPath urlPath) {
        FilterRegistrationBean<WebhookFilter> filter = new FilterRegistrationBean<>(new WebhookFilter(
                components.bodyLimiter(),
                components.processor(beanFactory, guard, listener, publisher, transaction),
                handlers));
        filter.addUrlPatterns(urlPath.value());
        filter.setOrder(WebhookFilterOrder.of(environment));
        return filter;
    }

    // the URL at which a handler of the application would be
    @Bean
    WebhookUrlPath latteStreamWebhookUrlPath(ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        DispatcherServletPath servlet = dispatcherServlet.getIfAvailable(() -> () -> "/");
        return new WebhookUrlPath(servlet.getRelativePath(components.path()));
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
    UnverifiedRequestHandler latteStreamUnverifiedRequestHandler(
            WebhookHandlers handlers, ObjectProvider<WebhookOutcomeListener> listener) {
        // looked up with the first refusal, because handler mappings are created before most other beans
        return new UnverifiedRequestHandler(
                handlers, outcome -> listener.ifAvailable(available -> available.onOutcome(outcome)));
    }

    // without path patterns: the decision depends on the handler, not on the URL
    @Bean
    MappedInterceptor latteStreamWebhookHandlerInterceptor(UnverifiedRequestHandler refusal) {
        return new MappedInterceptor((String[]) null, new WebhookHandlerInterceptor(refusal));
    }

    @Bean
    UnverifiedRequestHandlerMapping latteStreamUnverifiedRequestHandlerMapping(UnverifiedRequestHandler refusal) {
        return new UnverifiedRequestHandlerMapping(refusal);
    }

    @Bean
    WebhookPayloadHttpMessageConverter latteStreamWebhookPayloadHttpMessageConverter() {
        return new WebhookPayloadHttpMessageConverter();
    }
}
