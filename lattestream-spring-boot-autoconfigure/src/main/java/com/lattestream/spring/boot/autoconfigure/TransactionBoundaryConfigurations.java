package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.TransactionBoundary;
import com.lattestream.spring.internal.transaction.SpringTransactionBoundary;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The transaction boundary of the template, which uses Spring's transactions if they are on the classpath. */
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
