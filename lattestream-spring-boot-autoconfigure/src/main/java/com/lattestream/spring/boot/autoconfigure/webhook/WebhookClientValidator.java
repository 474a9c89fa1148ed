package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Fails startup if there are listeners for webhooks, and it cannot be determined which client they belong to. If
 * {@code lattestream.webhook.secrets} is set, no client is needed.
 */
final class WebhookClientValidator implements SmartInitializingSingleton {

    private static final ResolvableType UNRELATED =
            ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, WebhookClientValidator.class);

    private final AbstractApplicationContext context;

    private final boolean clientVerifies;

    WebhookClientValidator(AbstractApplicationContext context, boolean clientVerifies) {
        this.context = context;
        this.clientVerifies = clientVerifies;
    }

    @Override
    public void afterSingletonsInstantiated() {
        ClientBeans clients = new ClientBeans(context.getBeanFactory());
        if (clientVerifies && clients.findDefault().isEmpty()) {
            List<ResolvableType> webhooks = webhooks();
            for (ApplicationListener<?> listener : context.getApplicationListeners()) {
                if (isForWebhooks(listener, webhooks)) {
                    clients.requireDefault("the webhook listener " + listener);
                }
            }
        }
    }

    private static List<ResolvableType> webhooks() {
        List<ResolvableType> types = new ArrayList<>();
        types.add(ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, WebhookPayload.class));
        for (Class<?> event : WebhookEvent.class.getPermittedSubclasses()) {
            types.add(ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, event));
        }
        return types;
    }

    // a listener for all events is not a listener for webhooks
    private static boolean isForWebhooks(ApplicationListener<?> listener, List<ResolvableType> webhooks) {
        GenericApplicationListener typed = listener instanceof GenericApplicationListener generic
                ? generic
                : new GenericApplicationListenerAdapter(listener);
        return webhooks.stream().anyMatch(typed::supportsEventType) && !typed.supportsEventType(UNRELATED);
    }
}
