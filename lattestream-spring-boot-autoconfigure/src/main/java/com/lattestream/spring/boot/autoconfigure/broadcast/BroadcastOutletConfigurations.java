package com.lattestream.spring.boot.autoconfigure.broadcast;

import com.lattestream.core.TransactionBoundary;
import com.lattestream.spring.internal.broadcast.AfterCommitBroadcastOutlet;
import com.lattestream.spring.internal.broadcast.BroadcastOutlet;
import com.lattestream.spring.internal.broadcast.BroadcastSender;
import com.lattestream.spring.internal.broadcast.OutboxBroadcastOutlet;
import com.lattestream.spring.internal.broadcast.RegisteredBroadcast;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.RootClassFilter;
import org.springframework.aop.support.annotation.AnnotationMethodMatcher;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.transaction.event.TransactionalEventListener;

/** The outlets of broadcasts, which keep events until the commit or until they are delivered. */
final class BroadcastOutletConfigurations {

    private BroadcastOutletConfigurations() {}

    /** Outlet that uses Spring Modulith's event publication registry, which survives a crash. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(type = "org.springframework.modulith.events.core.EventPublicationRegistry")
    @ImportRuntimeHints(RegisteredBroadcastHints.class)
    static class Registry {

        @Bean
        OutboxBroadcastOutlet latteStreamBroadcastOutlet(
                ApplicationEventPublisher events, TransactionBoundary transactions, BroadcastSender sender) {
            return new OutboxBroadcastOutlet(events, transactions, sender);
        }

        // applied outside of the registry's own advice: otherwise the caller of the listener would log each failure
        // with its stack trace, although the sender has already logged it
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor latteStreamBroadcastOutletAdvisor() {
            DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(
                    new ComposablePointcut(
                            new RootClassFilter(OutboxBroadcastOutlet.class),
                            new AnnotationMethodMatcher(TransactionalEventListener.class)),
                    (MethodInterceptor) invocation -> {
                        invocation.proceed();
                        return null;
                    });
            advisor.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return advisor;
        }
    }

    /** Outlet that keeps events in memory. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(type = "org.springframework.modulith.events.core.EventPublicationRegistry")
    static class Memory {

        @Bean
        BroadcastOutlet latteStreamBroadcastOutlet(TransactionBoundary transactions, BroadcastSender sender) {
            return new AfterCommitBroadcastOutlet(transactions, sender);
        }
    }

    /** Hints for broadcasts, which the registry writes as JSON. */
    static class RegisteredBroadcastHints implements RuntimeHintsRegistrar {

        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            new BindingReflectionHintsRegistrar()
                    .registerReflectionHints(hints.reflection(), RegisteredBroadcast.class);
        }
    }
}
