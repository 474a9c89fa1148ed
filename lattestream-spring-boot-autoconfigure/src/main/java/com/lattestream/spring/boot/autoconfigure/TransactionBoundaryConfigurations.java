package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.TransactionBoundary;
import com.lattestream.spring.internal.transaction.SpringTransactionBoundary;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the template knows of transactions: Spring's, if there are any. */
final class TransactionBoundaryConfigurations {

    private TransactionBoundaryConfigurations() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.transaction.support.TransactionSynchronizationManager")
    static class Spring {

        @Bean
        @ConditionalOnMissingBean
        TransactionBoundary latteStreamTransactionBoundary() {
            return new SpringTransactionBoundary();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.transaction.support.TransactionSynchronizationManager")
    static class None {

        @Bean
        @ConditionalOnMissingBean
        TransactionBoundary latteStreamTransactionBoundary() {
            return TransactionBoundary.none();
        }
    }
}
