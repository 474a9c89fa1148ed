package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookDispatcher;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import com.lattestream.spring.internal.webhook.WebhookTransaction;
import com.lattestream.spring.internal.webhook.WebhookVerifier;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.support.AbstractApplicationContext;

/** Creates the components of both web stacks from the properties, which it validates. Immutable. */
final class WebhookComponentFactory {

    private final LatteStreamWebhookProperties properties;

    private final String path;

    private final List<WebhookSigner> signers;

    WebhookComponentFactory(LatteStreamWebhookProperties properties) {
        WebhookPropertiesValidator.validate(properties);
        this.properties = properties;
        this.path = WebhookPropertiesValidator.path(properties).path();
        this.signers = WebhookPropertiesValidator.signers(properties);
    }

    String path() {
        return path;
    }

    UnverifiedBodyLimiter bodyLimiter() {
        return new UnverifiedBodyLimiter(
                properties.maxUnverifiedBodies(), (int) properties.maxBodySize().toBytes(), properties.readTimeout());
    }

    WebhookProcessor processor(
            ConfigurableListableBeanFactory beanFactory,
            WebhookReplayGuard guard,
            ObjectProvider<WebhookOutcomeListener> listener,
            ApplicationEventPublisher publisher,
            WebhookTransaction transaction) {
        return new WebhookProcessor(
                new WebhookVerifier(
                        signatures(new ClientBeans(beanFactory).all()), properties.tolerance(), Clock.systemUTC()),
                guard,
                new WebhookDispatcher(publisher, transaction),
                listener.getIfAvailable(() -> WebhookOutcomeListener.NONE),
                path);
    }

    // the client has the secret, even if no property contains it
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

    WebhookClientValidator clientValidator(AbstractApplicationContext context) {
        return new WebhookClientValidator(context, signers.isEmpty());
    }
}
