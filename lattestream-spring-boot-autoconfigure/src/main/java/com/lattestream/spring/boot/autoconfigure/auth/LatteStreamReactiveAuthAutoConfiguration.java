package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.auth.AnnotatedChannelAuthorizationManager;
import com.lattestream.spring.internal.auth.AuthorizationUrlPath;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import com.lattestream.spring.internal.auth.reactive.ReactiveAuthenticationCheck;
import com.lattestream.spring.internal.auth.reactive.ReactiveAuthorizerMethodSupport;
import com.lattestream.spring.internal.auth.reactive.ReactiveChannelAuthorizationEndpoint;
import com.lattestream.spring.internal.auth.reactive.SpringSecurityReactiveAuthenticationCheck;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.Objects;
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
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/** Auto-configuration of the endpoint that authorizes subscriptions, on Spring WebFlux. */
@AutoConfiguration(
        after = LatteStreamAutoConfiguration.class,
        afterName = "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({
    LatteStreamClient.class,
    RequestMappingHandlerMapping.class,
    WebFluxProperties.class,
    Mono.class
})
@ConditionalOnBean({LatteStreamClient.class, RequestMappingHandlerMapping.class})
@ConditionalOnBooleanProperty(name = "lattestream.auth.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamAuthProperties.class)
@Import(ChannelAuthorizationConfiguration.class)
@ImportRuntimeHints(ReactiveChannelAuthorizationHints.class)
public final class LatteStreamReactiveAuthAutoConfiguration {

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.authorization.AuthenticatedReactiveAuthorizationManager",
            LatteStreamReactiveAuthAutoConfiguration.class.getClassLoader());

    private final LatteStreamAuthProperties properties;

    private final HandlerPath path;

    LatteStreamReactiveAuthAutoConfiguration(LatteStreamAuthProperties properties) {
        this.properties = properties;
        this.path = HandlerPath.of("lattestream.auth.path", properties.path());
    }

    // uses the application's own converters and formatters, as controllers do
    @Bean
    @ConditionalOnMissingBean(ChannelAuthorizationManager.class)
    AnnotatedChannelAuthorizationManager latteStreamChannelAuthorizationManager(
            ConfigurableListableBeanFactory beanFactory,
            @Qualifier("webFluxConversionService") ConversionService conversion) {
        return new AnnotatedChannelAuthorizationManager(
                beanFactory,
                conversion,
                new ReactiveAuthorizerMethodSupport(),
                properties.unmatched() == LatteStreamAuthProperties.Unmatched.AUTHENTICATED);
    }

    @Bean
    ReactiveChannelAuthorizationEndpoint latteStreamReactiveChannelAuthorizationEndpoint(
            SubscriptionAuthorizer authorizer) {
        return new ReactiveChannelAuthorizationEndpoint(
                SECURITY_PRESENT
                        ? new SpringSecurityReactiveAuthenticationCheck()
                        : ReactiveAuthenticationCheck.ANY_PRINCIPAL,
                authorizer);
    }

    @Bean
    AuthorizationUrlPath latteStreamAuthorizationUrlPath(ObjectProvider<WebFluxProperties> webFlux) {
        WebFluxProperties webFluxProperties = webFlux.getIfAvailable(WebFluxProperties::new);
        return new AuthorizationUrlPath(
                Objects.requireNonNullElse(webFluxProperties.getBasePath(), "") + path.path());
    }

    @Bean
    ReactiveChannelAuthorizationEndpointRegistrar latteStreamReactiveChannelAuthorizationEndpointRegistrar(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ReactiveChannelAuthorizationEndpoint endpoint,
            ChannelAuthorizationManager manager,
            ConfigurableListableBeanFactory beanFactory) {
        return new ReactiveChannelAuthorizationEndpointRegistrar(
                mapping,
                endpoint,
                path,
                () -> ChannelAuthorizationConfiguration.requireClient(manager, new ClientBeans(beanFactory)));
    }
}
