package com.lattestream.spring.boot.autoconfigure.eventloop;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.TriggerResult;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.NettyServer;
import com.lattestream.spring.broadcast.Broadcast;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An application on WebFlux and Netty that uses all features of the starter. Its controllers run on event loops. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    NettyServer.class,
    EventLoopApplication.Authorizers.class,
    EventLoopApplication.Messages.class,
    EventLoopApplication.Controller.class,
    EventLoopApplication.Handler.class,
    EventLoopApplication.Listeners.class
})
class EventLoopApplication {

    @Bean
    SecurityWebFilterChain rules(ServerHttpSecurity http) {
        return http.authorizeExchange(rules -> rules.anyExchange().permitAll())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                // sessions are created on other threads, so that controllers would not run on Netty's
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    // every password is accepted, because checking one is slower than all other steps
    @Bean
    ReactiveAuthenticationManager users() {
        return login -> Mono.just(UsernamePasswordAuthenticationToken.authenticated(
                login.getName(), null, AuthorityUtils.NO_AUTHORITIES));
    }

    /** Blocks as a database driver does. */
    private static void block() {
        CountDownLatch never = new CountDownLatch(1);
        try {
            if (never.await(2, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("counted down");
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    static class Authorizers {

        @ChannelAuthorizer("private-blocking-{name}")
        boolean blocking(Principal user, String name) {
            block();
            return user.getName().equals(name);
        }

        @ChannelAuthorizer("private-mono-{name}")
        Mono<Boolean> mono(Principal user, String name) {
            return Mono.just(user.getName().equals(name)).delayElement(Duration.ofMillis(2));
        }

        @ChannelAuthorizer("private-broken-{name}")
        boolean broken(String name) {
            throw new IllegalStateException("broken");
        }

        @ChannelAuthorizer("presence-room-{room}")
        PresenceMember room(Principal user, int room) {
            block();
            return PresenceMember.of(user.getName(), Map.of("room", room));
        }
    }

    static class Listeners {

        final AtomicInteger blocked = new AtomicInteger();

        final AtomicInteger emitted = new AtomicInteger();

        @EventListener
        void blocking(WebhookEvent.ChannelOccupied event) {
            block();
            blocked.incrementAndGet();
        }

        @EventListener
        Mono<Void> reactive(WebhookEvent.ChannelOccupied event) {
            return Mono.delay(Duration.ofMillis(2))
                    .doOnNext(tick -> emitted.incrementAndGet())
                    .then();
        }
    }

    @Broadcast(channel = "room", event = "object", toOthers = true)
    record Message(String text) {}

    static class Messages {

        @Broadcast(channel = "room", event = "message", toOthers = true)
        Mono<Message> mono() {
            return Mono.just(new Message("Hello"));
        }

        @Broadcast(channel = "room", event = "message", toOthers = true)
        Flux<Message> flux() {
            return Flux.range(0, 3).map(number -> new Message("Hello " + number));
        }
    }

    @RestController
    @ConditionalOnBooleanProperty("test.handler")
    static class Handler {

        @PostMapping("/webhooks/lattestream")
        Mono<String> webhook(@RequestBody Mono<WebhookPayload> payload) {
            return payload.map(read -> read.events().size() + " handled");
        }
    }

    @RestController
    static class Controller {

        private final Messages messages;

        private final ReactiveLatteStreamTemplate latteStream;

        private final LatteStreamClient client;

        private final ApplicationEventPublisher events;

        Controller(
                Messages messages,
                ReactiveLatteStreamTemplate latteStream,
                LatteStreamClient client,
                ApplicationEventPublisher events) {
            this.messages = messages;
            this.latteStream = latteStream;
            this.client = client;
            this.events = events;
        }

        private static <T> Mono<T> onEventLoop(Mono<T> result) {
            return Mono.defer(() -> {
                if (!Schedulers.isInNonBlockingThread()) {
                    throw new IllegalStateException(
                            "not an event loop: " + Thread.currentThread().getName());
                }
                return result;
            });
        }

        @GetMapping("/blocking")
        Mono<String> blocking() {
            return onEventLoop(Mono.fromCallable(() -> {
                block();
                return Thread.currentThread().getName();
            }));
        }

        @PostMapping("/mono")
        Mono<Message> mono() {
            return onEventLoop(messages.mono());
        }

        @PostMapping("/flux")
        Mono<List<Message>> flux() {
            return onEventLoop(messages.flux().collectList());
        }

        @PostMapping("/object")
        Mono<String> object() {
            return onEventLoop(Mono.fromCallable(() -> {
                events.publishEvent(new Message("Hello"));
                return "published";
            }));
        }

        @PostMapping("/template")
        Mono<String> template() {
            return onEventLoop(Mono.when(
                            latteStream.trigger("room", "message", 1),
                            latteStream.trigger(List.of("room", "hall"), "message", 2),
                            latteStream.triggerBatch(List.of(Event.of("room", "message", 3))),
                            latteStream.getChannelInfo("room"),
                            latteStream.getChannels(null),
                            latteStream.getUsers("presence-room-1"),
                            latteStream.authorizeChannel("1.2", "private-room"),
                            latteStream.authorizeChannel("1.2", "presence-room-1", PresenceMember.of("alice"))))
                    .then(latteStream.flushBatch())
                    .thenReturn("done");
        }

        /** Returns the result, or the name of the error. */
        @PostMapping("/trigger")
        Mono<String> trigger() {
            return onEventLoop(latteStream.trigger("room", "message", 1))
                    .map(TriggerResult::toString)
                    .onErrorResume(error -> Mono.just(error.getClass().getSimpleName()));
        }

        /** Uses the client itself, on the event loop. */
        @PostMapping("/client")
        Mono<String> client() {
            return onEventLoop(Mono.fromFuture(() -> client.trigger("room", "message", 1)))
                    .map(TriggerResult::toString)
                    .onErrorResume(error -> Mono.just(error.getClass().getSimpleName()));
        }
    }
}
