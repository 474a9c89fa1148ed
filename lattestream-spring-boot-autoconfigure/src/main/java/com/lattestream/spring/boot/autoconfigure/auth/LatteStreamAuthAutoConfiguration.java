package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.PresenceMemberResolver;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.auth.AnnotatedChannelAuthorizationManager;
import com.lattestream.spring.internal.auth.AuthenticationCheck;
import com.lattestream.spring.internal.auth.AuthorizationListener;
import com.lattestream.spring.internal.auth.AuthorizationSigner;
import com.lattestream.spring.internal.auth.ChannelAuthorizationEndpoint;
import com.lattestream.spring.internal.auth.RequestCompletion;
import com.lattestream.spring.internal.auth.SpringSecurityAuthenticationCheck;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import com.lattestream.spring.internal.client.ClientBeans;
import jakarta.servlet.Filter;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Auto-configuration of the endpoint that authorizes subscriptions, on Spring MVC. */
@AutoConfiguration(
        // of filters with equal orders, those of earlier configurations come first
        beforeName = "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
        after = LatteStreamAutoConfiguration.class,
        afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({LatteStreamClient.class, RequestMappingHandlerMapping.class, DispatcherServletPath.class})
@ConditionalOnBean({LatteStreamClient.class, RequestMappingHandlerMapping.class})
@ConditionalOnBooleanProperty(name = "lattestream.auth.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamAuthProperties.class)
@ImportRuntimeHints(ChannelAuthorizationHints.class)
public final class LatteStreamAuthAutoConfiguration {

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.web.access.intercept.RequestAuthorizationContext",
            LatteStreamAuthAutoConfiguration.class.getClassLoader());

    private final LatteStreamAuthProperties properties;

    private final HandlerPath path;

    LatteStreamAuthAutoConfiguration(LatteStreamAuthProperties properties) {
        this.properties = properties;
        this.path = HandlerPath.of("lattestream.auth.path", properties.path());
    }

    // converts as controllers do: with the application's own converters and formatters
    @Bean
    @ConditionalOnMissingBean(ChannelAuthorizationManager.class)
    AnnotatedChannelAuthorizationManager latteStreamChannelAuthorizationManager(
            ConfigurableListableBeanFactory beanFactory,
            @Qualifier("mvcConversionService") ConversionService conversion) {
        return new AnnotatedChannelAuthorizationManager(
                beanFactory, conversion, properties.unmatched() == LatteStreamAuthProperties.Unmatched.AUTHENTICATED);
    }

    @Bean
    @ConditionalOnMissingBean
    PresenceMemberResolver latteStreamPresenceMemberResolver() {
        return subscription -> PresenceMember.of(subscription.user().getName());
    }

    @Bean
    SubscriptionAuthorizer latteStreamSubscriptionAuthorizer(
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            ConfigurableListableBeanFactory beanFactory,
            ApplicationEventPublisher events,
            ObjectProvider<AuthorizationListener> listener) {
        ClientBeans clients = new ClientBeans(beanFactory);
        // with the first authorization, because nothing else here needs the client, which may be created later
        SingletonSupplier<LatteStreamClient> client = SingletonSupplier.of(
                () -> clients.requireDefault("authorizing subscriptions").get());
        AuthorizationSigner signer = properties.mode() == LatteStreamAuthProperties.Mode.LOCAL
                ? AuthorizationSigner.local(client::obtain)
                : AuthorizationSigner.remote(client::obtain);
        return new SubscriptionAuthorizer(
                manager, members, signer, events, listener.getIfAvailable(() -> AuthorizationListener.NONE));
    }

    @Bean
    ChannelAuthorizationEndpoint latteStreamChannelAuthorizationEndpoint(
            SubscriptionAuthorizer authorizer, ListableBeanFactory beanFactory) {
        return new ChannelAuthorizationEndpoint(
                SECURITY_PRESENT
                        ? new SpringSecurityAuthenticationCheck(beanFactory)
                        : AuthenticationCheck.ANY_PRINCIPAL,
                authorizer);
    }

    @Bean
    FilterRegistrationBean<Filter> latteStreamChannelAuthorizationRequestFilter(
            ObjectProvider<DispatcherServletPath> dispatcherServlet) {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(RequestCompletion.outermostFilter());
        filter.setName("latteStreamChannelAuthorizationRequestFilter");
        filter.addUrlPatterns(dispatcherServlet.getIfAvailable(() -> () -> "/").getRelativePath(path.path()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    ChannelAuthorizationEndpointRegistrar latteStreamChannelAuthorizationEndpointRegistrar(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ChannelAuthorizationEndpoint endpoint,
            ChannelAuthorizationManager manager,
            ConfigurableListableBeanFactory beanFactory) {
        return new ChannelAuthorizationEndpointRegistrar(
                mapping, endpoint, path, () -> requireClient(manager, new ClientBeans(beanFactory)));
    }

    // if every subscription is refused, there is nothing to sign
    private static void requireClient(ChannelAuthorizationManager manager, ClientBeans clients) {
        if (!(manager instanceof AnnotatedChannelAuthorizationManager annotated)) {
            clients.requireDefault(
                    "the ChannelAuthorizationManager " + manager.getClass().getName());
            return;
        }
        List<String> patterns = annotated.patterns();
        if (!patterns.isEmpty()) {
            clients.requireDefault("the channel authorizers of " + String.join(", ", patterns));
        } else if (annotated.isUnmatchedGranted()) {
            clients.requireDefault("authorizing subscriptions ('lattestream.auth.unmatched' is 'authenticated')");
        }
    }
}
