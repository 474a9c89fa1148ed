package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import com.lattestream.spring.internal.webhook.UnverifiedBodies;
import com.lattestream.spring.internal.webhook.WebhookDispatcher;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener;
import com.lattestream.spring.internal.webhook.WebhookPath;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import com.lattestream.spring.internal.webhook.WebhookTransaction;
import com.lattestream.spring.internal.webhook.WebhookVerifier;
import com.lattestream.spring.internal.webhook.servlet.UnverifiedRequestHandler;
import com.lattestream.spring.internal.webhook.servlet.UnverifiedRequestHandlerMapping;
import com.lattestream.spring.internal.webhook.servlet.WebhookFilter;
import com.lattestream.spring.internal.webhook.servlet.WebhookHandlerInterceptor;
import com.lattestream.spring.internal.webhook.servlet.WebhookHandlers;
import com.lattestream.spring.internal.webhook.servlet.WebhookPayloadHttpMessageConverter;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Clock;
import java.util.List;
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
    WebhookTransactionConfigurations.None.class
})
public final class LatteStreamWebhookAutoConfiguration {

    private final LatteStreamWebhookProperties properties;

    private final HandlerPath path;

    private final List<WebhookSigner> signers;

    LatteStreamWebhookAutoConfiguration(LatteStreamWebhookProperties properties) {
        WebhookPropertiesValidator.validate(properties);
        this.properties = properties;
        this.path = WebhookPropertiesValidator.path(properties);
        this.signers = WebhookPropertiesValidator.signers(properties);
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
            ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        UnverifiedBodies bodies = new UnverifiedBodies(
                properties.maxUnverifiedBodies(), (int) properties.maxBodySize().toBytes(), properties.readTimeout());
        WebhookProcessor processor = new WebhookProcessor(
                new WebhookVerifier(
                        signatures(new ClientBeans(beanFactory).all()), properties.tolerance(), Clock.systemUTC()),
                guard,
                new WebhookDispatcher(publisher, transaction),
                listener.getIfAvailable(() -> WebhookOutcomeListener.NONE),
                path.path());
        FilterRegistrationBean<WebhookFilter> filter =
                new FilterRegistrationBean<>(new WebhookFilter(bodies, processor, handlers));
        // where a handler of the application would be
        DispatcherServletPath servlet = dispatcherServlet.getIfAvailable(() -> () -> "/");
        filter.addUrlPatterns(servlet.getRelativePath(path.path()));
        filter.setOrder(WebhookFilterOrder.of(environment));
        return filter;
    }

    // a client knows its secret, also if no property holds it
    private List<WebhookVerifier.Signature> signatures(List<ClientBean> clients) {
        return signers.isEmpty()
                ? clients.stream()
                        .<WebhookVerifier.Signature>map(
                                client -> (body, signature) -> client.get().verifyWebhookSignature(body, signature))
                        .toList()
                : signers.stream()
                        .<WebhookVerifier.Signature>map(signer -> signer::verify)
                        .toList();
    }

    @Bean
    WebhookClientRequirement latteStreamWebhookClientRequirement(AbstractApplicationContext context) {
        return new WebhookClientRequirement(context, signers.isEmpty());
    }

    @Bean
    WebhookHandlers latteStreamWebhookHandlers(ApplicationContext context) {
        return new WebhookHandlers(new WebhookPath(path.path()), context);
    }

    @Bean
    UnverifiedRequestHandler latteStreamUnverifiedRequestHandler(
            WebhookHandlers handlers, ObjectProvider<WebhookOutcomeListener> listener) {
        // with the first refusal, as handler mappings are created before most other beans
        return new UnverifiedRequestHandler(
                handlers, outcome -> listener.ifAvailable(available -> available.onOutcome(outcome)));
    }

    // without patterns: the handler decides, whichever URL has led to it
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
