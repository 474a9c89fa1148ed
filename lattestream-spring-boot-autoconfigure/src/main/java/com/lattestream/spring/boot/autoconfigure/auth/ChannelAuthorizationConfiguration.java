package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.PresenceMemberResolver;
import com.lattestream.spring.internal.auth.AnnotatedChannelAuthorizationManager;
import com.lattestream.spring.internal.auth.AuthorizationOutcomeListener;
import com.lattestream.spring.internal.auth.AuthorizationSigner;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** The beans that authorize subscriptions, which are the same on Spring MVC and on Spring WebFlux. */
@Configuration(proxyBeanMethods = false)
class ChannelAuthorizationConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PresenceMemberResolver latteStreamPresenceMemberResolver() {
        return subscription -> PresenceMember.of(subscription.user().getName());
    }

    @Bean
    SubscriptionAuthorizer latteStreamSubscriptionAuthorizer(
            LatteStreamAuthProperties properties,
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            ConfigurableListableBeanFactory beanFactory,
            ApplicationEventPublisher events,
            ObjectProvider<AuthorizationOutcomeListener> listener) {
        ClientBeans clients = new ClientBeans(beanFactory);
        // looked up with the first authorization: no other bean here needs the client, which may be created later
        SingletonSupplier<LatteStreamClient> client = SingletonSupplier.of(
                () -> clients.requireDefault("authorizing subscriptions").get());
        AuthorizationSigner signer = properties.mode() == LatteStreamAuthProperties.Mode.LOCAL
                ? AuthorizationSigner.local(client::obtain)
                : AuthorizationSigner.remote(client::obtain);
        return new SubscriptionAuthorizer(
                manager, members, signer, events, listener.getIfAvailable(() -> AuthorizationOutcomeListener.NONE));
    }

    /** Requires a client, unless all subscriptions are refused, so that no authorization has to be signed. */
    static void requireClient(ChannelAuthorizationManager manager, ClientBeans clients) {
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
