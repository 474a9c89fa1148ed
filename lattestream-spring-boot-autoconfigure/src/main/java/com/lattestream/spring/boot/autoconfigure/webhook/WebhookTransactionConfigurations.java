package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.spring.internal.webhook.SpringWebhookTransaction;
import com.lattestream.spring.internal.webhook.WebhookTransaction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs the dispatch of webhooks in a transaction, if Spring's transactions are on the classpath. */
final class WebhookTransactionConfigurations {

    private WebhookTransactionConfigurations() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.transaction.support.TransactionTemplate")
    static class Spring {

        @Bean
        WebhookTransaction latteStreamWebhookTransaction(ObjectProvider<PlatformTransactionManager> managers) {
            return new SpringWebhookTransaction(managers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.transaction.support.TransactionTemplate")
    static class None {

        @Bean
        WebhookTransaction latteStreamWebhookTransaction() {
            return Runnable::run;
        }
    }
}
