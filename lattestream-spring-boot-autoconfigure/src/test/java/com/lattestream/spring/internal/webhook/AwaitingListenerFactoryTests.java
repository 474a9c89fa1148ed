package com.lattestream.spring.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.DefaultEventListenerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.event.TransactionalEventListenerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class AwaitingListenerFactoryTests {

    private final AwaitingListenerFactory factory = new AwaitingListenerFactory();

    private boolean supports(String method) {
        return Arrays.stream(Methods.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .map(factory::supportsMethod)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void transactionalListenersAreCreatedBySpringAndAllOthersAfterThisFactory() {
        assertThat(new AwaitingListenerFactory().getOrder())
                .isGreaterThan(new TransactionalEventListenerFactory().getOrder())
                .isLessThan(new DefaultEventListenerFactory().getOrder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "subtype", "payload", "declared", "wrapped"})
    void publishersOfListenersForWebhooksAreWaitedFor(String method) {
        assertThat(supports(method)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "any", "future", "nothing", "value"})
    void otherListenersAreThoseOfSpring(String method) {
        assertThat(supports(method)).isFalse();
    }

    static class Methods {

        @EventListener
        Mono<Void> event(WebhookEvent event) {
            return Mono.empty();
        }

        @EventListener
        Flux<String> subtype(WebhookEvent.MemberAdded event) {
            return Flux.empty();
        }

        @EventListener
        Mono<Void> payload(WebhookPayload payload) {
            return Mono.empty();
        }

        @EventListener({WebhookEvent.MemberAdded.class, WebhookEvent.MemberRemoved.class})
        Mono<Void> declared() {
            return Mono.empty();
        }

        @EventListener
        Mono<Void> wrapped(PayloadApplicationEvent<WebhookEvent.ChannelOccupied> event) {
            return Mono.empty();
        }

        @EventListener
        Mono<Void> other(String event) {
            return Mono.empty();
        }

        @EventListener
        Mono<Void> any(Object event) {
            return Mono.empty();
        }

        @EventListener
        CompletableFuture<String> future(WebhookEvent event) {
            return CompletableFuture.completedFuture("");
        }

        @EventListener
        void nothing(WebhookEvent event) {}

        @EventListener
        String value(WebhookEvent event) {
            return "";
        }
    }

    @Test
    void threadsThatMustNotBlockDoNotWait() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Failing.class)) {
            WebhookEvent event = new WebhookEvent.ChannelOccupied("chat");

            assertThatThrownBy(() -> context.publishEvent(event)).hasMessage("refused");
            Mono.fromRunnable(() -> context.publishEvent(event))
                    .subscribeOn(Schedulers.parallel())
                    .block();

            await().untilAsserted(() ->
                    assertThat(context.getBean(Failing.class).subscribed).hasValue(2));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        final AtomicInteger subscribed = new AtomicInteger();

        @Bean
        static AwaitingListenerFactory factory() {
            return new AwaitingListenerFactory();
        }

        @EventListener
        Mono<Void> on(WebhookEvent event) {
            return Mono.error(() -> {
                subscribed.incrementAndGet();
                return new IllegalStateException("refused");
            });
        }
    }

    @Test
    void transactionalListenersAreThoseOfSpring() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Committed.class)) {
            context.publishEvent(new WebhookEvent.ChannelOccupied("chat"));

            assertThat(context.getBean(Committed.class).called)
                    .as("without a transaction")
                    .hasValue(0);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Committed {

        final AtomicInteger called = new AtomicInteger();

        @Bean
        static AwaitingListenerFactory factory() {
            return new AwaitingListenerFactory();
        }

        @TransactionalEventListener
        public Mono<Void> on(WebhookEvent event) {
            called.incrementAndGet();
            return Mono.empty();
        }
    }
}
