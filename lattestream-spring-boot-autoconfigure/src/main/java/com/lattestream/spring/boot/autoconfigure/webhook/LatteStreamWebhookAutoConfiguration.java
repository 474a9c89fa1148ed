package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import com.lattestream.spring.internal.webhook.WebhookDispatcher;
import com.lattestream.spring.internal.webhook.WebhookFilter;
import com.lattestream.spring.internal.webhook.WebhookListener;
import com.lattestream.spring.internal.webhook.WebhookPayloadHttpMessageConverter;
import com.lattestream.spring.internal.webhook.WebhookVerifier;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Auto-configuration of the filter that takes webhooks, on Spring MVC. */
@AutoConfiguration(
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
@Import({WebhookReplayGuardConfigurations.Redis.class, WebhookReplayGuardConfigurations.Memory.class})
public final class LatteStreamWebhookAutoConfiguration {

    // before Spring Security's filters (-100), which know nothing of the service
    private static final int FILTER_ORDER = -101;

    private final LatteStreamWebhookProperties properties;

    private final HandlerPath path;

    LatteStreamWebhookAutoConfiguration(LatteStreamWebhookProperties properties) {
        this.properties = properties;
        this.path = HandlerPath.of("lattestream.webhook.path", properties.path());
        if (properties.tolerance().isNegative() || properties.tolerance().isZero()) {
            throw new InvalidLatteStreamPropertyException(
                    "lattestream.webhook.tolerance", properties.tolerance() + " must be more than nothing", null);
        }
        DataSize size = properties.maxBodySize();
        if (size.toBytes() < 1 || size.toBytes() >= Integer.MAX_VALUE) {
            throw new InvalidLatteStreamPropertyException(
                    "lattestream.webhook.max-body-size", size + " must be 1 byte to 2 GB", null);
        }
        if (properties.secrets().stream().anyMatch(String::isBlank)) {
            throw new InvalidLatteStreamPropertyException(
                    "lattestream.webhook.secrets", "None of them may be blank", null);
        }
    }

    @Bean
    FilterRegistrationBean<WebhookFilter> latteStreamWebhookFilter(
            ConfigurableListableBeanFactory beanFactory,
            WebhookReplayGuard guard,
            ObjectProvider<WebhookListener> listener,
            AbstractApplicationContext context,
            ObjectProvider<DispatcherServletPath> dispatcherServlet,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
        // controllers are all there by the first webhook, and do not change
        SingletonSupplier<Boolean> handled = SingletonSupplier.of(() -> path.isHandledBy(controllers.getObject()));
        FilterRegistrationBean<WebhookFilter> filter = new FilterRegistrationBean<>(new WebhookFilter(
                (int) properties.maxBodySize().toBytes(),
                new WebhookVerifier(
                        signatures(new ClientBeans(beanFactory).all()), properties.tolerance(), Clock.systemUTC()),
                guard,
                new WebhookDispatcher(context),
                handled::obtain,
                listener.getIfAvailable(() -> WebhookListener.NONE)));
        // where a controller of the application would be
        DispatcherServletPath servlet = dispatcherServlet.getIfAvailable(() -> () -> "/");
        filter.addUrlPatterns(servlet.getRelativePath(path.path()));
        filter.setOrder(FILTER_ORDER);
        return filter;
    }

    // a client knows its secret, also where no property says it
    private List<WebhookVerifier.Signature> signatures(List<ClientBean> clients) {
        return properties.secrets().isEmpty()
                ? clients.stream()
                        .<WebhookVerifier.Signature>map(
                                client -> (body, signature) -> client.get().verifyWebhookSignature(body, signature))
                        .toList()
                : properties.secrets().stream()
                        .<WebhookVerifier.Signature>map(secret -> new WebhookSigner(secret)::verify)
                        .toList();
    }

    @Bean
    WebhookClientRequirement latteStreamWebhookClientRequirement(AbstractApplicationContext context) {
        return new WebhookClientRequirement(context, properties.secrets().isEmpty());
    }

    @Bean
    WebhookPayloadHttpMessageConverter latteStreamWebhookPayloadHttpMessageConverter() {
        return new WebhookPayloadHttpMessageConverter();
    }
}
