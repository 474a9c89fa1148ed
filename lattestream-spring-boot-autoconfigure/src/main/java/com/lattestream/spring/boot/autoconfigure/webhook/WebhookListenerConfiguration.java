package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.spring.internal.webhook.AwaitingListenerFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Waits for the publishers that listeners of webhooks return, if Reactor is on the classpath. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "reactor.core.publisher.Mono")
class WebhookListenerConfiguration {

    // static, because it is needed before other beans
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AwaitingListenerFactory latteStreamAwaitingListenerFactory() {
        return new AwaitingListenerFactory();
    }
}
