package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.PresenceMemberResolver;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.auth.AnnotatedChannelAuthorizationManager;
import com.lattestream.spring.internal.auth.AuthorizationListener;
import com.lattestream.spring.internal.auth.AuthorizationSigner;
import com.lattestream.spring.internal.auth.ChannelAuthorizationEndpoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.ConversionService;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Auto-configuration of the endpoint that the browser client asks for authorizations, on Spring MVC. */
@AutoConfiguration(
        after = LatteStreamAutoConfiguration.class,
        afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({LatteStreamClient.class, RequestMappingHandlerMapping.class})
@ConditionalOnSingleCandidate(LatteStreamClient.class)
@ConditionalOnBean(RequestMappingHandlerMapping.class)
@ConditionalOnBooleanProperty(name = "lattestream.auth.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LatteStreamAuthProperties.class)
public final class LatteStreamAuthAutoConfiguration {

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
                beanFactory,
                conversion,
                properties.unmatched() == null
                        ? null
                        : properties.unmatched() == LatteStreamAuthProperties.Unmatched.AUTHENTICATED);
    }

    @Bean
    @ConditionalOnMissingBean
    PresenceMemberResolver latteStreamPresenceMemberResolver() {
        return subscription -> PresenceMember.of(subscription.user().getName());
    }

    @Bean
    ChannelAuthorizationEndpoint latteStreamChannelAuthorizationEndpoint(
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            LatteStreamClient client,
            ObjectProvider<LatteStreamConnectionDetails> connectionDetails,
            ApplicationEventPublisher events,
            ObjectProvider<AuthorizationListener> listener) {
        // a client that asks no service signs itself, and says so where it has no secret
        boolean local = properties.mode() == LatteStreamAuthProperties.Mode.LOCAL
                && !(client instanceof OfflineLatteStreamClient);
        AuthorizationSigner signer = local
                ? AuthorizationSigner.local(
                        new ChannelSigner(connectionDetails.getObject().getSecret()))
                : AuthorizationSigner.remote(client);
        return new ChannelAuthorizationEndpoint(
                manager, members, signer, events, listener.getIfAvailable(() -> AuthorizationListener.NONE));
    }

    @Bean
    ChannelAuthorizationEndpointRegistrar latteStreamChannelAuthorizationEndpointRegistrar(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            ChannelAuthorizationEndpoint endpoint) {
        return new ChannelAuthorizationEndpointRegistrar(mapping, endpoint, path);
    }
}
