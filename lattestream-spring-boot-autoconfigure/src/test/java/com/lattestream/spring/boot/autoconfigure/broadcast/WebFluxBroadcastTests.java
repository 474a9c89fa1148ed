package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.socket.RequestSocketWebFilter;
import com.lattestream.test.ReceivedEvent;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The sender of a request in a WebFlux application. */
@ExtendWith(OutputCaptureExtension.class)
class WebFluxBroadcastTests {

    private static final String WARNING = "broadcast_request_undetermined";

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    // a single thread, as of an event loop, that serves all requests one after another
    private final Scheduler loop = Schedulers.newSingle("loop");

    @AfterEach
    void close() {
        Hooks.disableAutomaticContextPropagation();
        loop.dispose();
    }

    private void run(Consumer<WebTestClient> test) {
        run((http, context) -> test.accept(http));
    }

    private void run(BiConsumer<WebTestClient, ApplicationContext> test) {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
                .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
                .withBean(Scheduler.class, () -> loop)
                .withUserConfiguration(Application.class)
                .withPropertyValues("lattestream.mode=none")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(WebTestClient.bindToApplicationContext(context).build(), context);
                });
    }

    private static void post(WebTestClient http, String path, String... socketIds) {
        http.post()
                .uri(path)
                .headers(headers -> List.of(socketIds).forEach(id -> headers.add("X-Socket-ID", id)))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private List<@Nullable String> excluded() {
        return latteStream.events().stream()
                .map(ReceivedEvent::excludedSocketId)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mono", "/flux", "/later"})
    void theElementsOfAPublisherAreNotSentToTheSenderOfTheRequest(String path, CapturedOutput output) {
        run(http -> {
            post(http, path, "12.34");
            post(http, path, "56.78");
            post(http, path);
        });

        assertThat(excluded()).containsExactly("12.34", "56.78", null);
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void aHeaderThatHoldsNoSocketIdExcludesNoConnection(CapturedOutput output) {
        run(http -> {
            post(http, "/mono", "everyone");
            post(http, "/mono", "12.34", "56.78");
        });

        assertThat(excluded()).containsExactly(null, null);
        assertThat(output).doesNotContain(WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/event", "/method"})
    void withoutContextPropagationAnEventIsSentToAllAndLoggedOnce(String path, CapturedOutput output) {
        run(http -> {
            post(http, path, "12.34");
            post(http, path, "12.34");
        });

        assertThat(excluded()).containsExactly(null, null);
        assertThat(output.toString().split("\\[" + WARNING + "]", -1)).hasSize(2);
        assertThat(output).contains("spring.reactor.context-propagation=auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/event", "/method", "/mono", "/flux", "/later", "/event/later", "/method/later"})
    void withContextPropagationTheRequestOfTheCallIsDetermined(String path, CapturedOutput output) {
        Hooks.enableAutomaticContextPropagation();
        run(http -> {
            post(http, path, "12.34");
            post(http, path);
            post(http, path, "56.78");
        });

        assertThat(excluded()).containsExactly("12.34", null, "56.78");
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void withContextPropagationAThreadForgetsTheRequestThatItHasServed() {
        Hooks.enableAutomaticContextPropagation();
        run((http, context) -> {
            post(http, "/event/later", "12.34");
            Mono.fromRunnable(() -> context.publishEvent(new Message("Hello")))
                    .subscribeOn(loop)
                    .block();
        });

        assertThat(excluded()).containsExactly("12.34", null);
    }

    @Test
    void otherApplicationsHaveNoFilterAndNoWarning(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
                .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
                .withPropertyValues("lattestream.mode=none")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(RequestSocketWebFilter.class);
                    context.publishEvent(new Message("Hello"));
                });

        assertThat(excluded()).containsExactly((String) null);
        assertThat(output).doesNotContain(WARNING);
    }

    @Broadcast(channel = "room", event = "message", toOthers = true)
    record Message(String text) {}

    static class Messages {

        @Broadcast(channel = "room", event = "message", toOthers = true)
        Mono<Message> mono(Mono<String> text) {
            return text.map(Message::new);
        }

        @Broadcast(channel = "room", event = "message", toOthers = true)
        Flux<Message> flux() {
            return Flux.just(new Message("Hello"));
        }

        @Broadcast(channel = "room", event = "message", toOthers = true)
        Message method() {
            return new Message("Hello");
        }
    }

    @RestController
    static class Controller {

        private final Messages messages;

        private final ApplicationContext events;

        private final Scheduler loop;

        Controller(Messages messages, ApplicationContext events, Scheduler loop) {
            this.messages = messages;
            this.events = events;
            this.loop = loop;
        }

        @PostMapping("/mono")
        Mono<Void> mono() {
            return messages.mono(Mono.just("Hello")).then();
        }

        @PostMapping("/flux")
        Mono<Void> flux() {
            return messages.flux().then();
        }

        @PostMapping("/later")
        Mono<Void> later() {
            return messages.mono(Mono.just("Hello").publishOn(loop)).then();
        }

        @PostMapping("/event")
        Mono<Void> event() {
            return Mono.fromRunnable(() -> events.publishEvent(new Message("Hello")));
        }

        @PostMapping("/event/later")
        Mono<Void> eventLater() {
            return Mono.just("Hello")
                    .publishOn(loop)
                    .doOnNext(text -> events.publishEvent(new Message(text)))
                    .then();
        }

        @PostMapping("/method")
        Mono<Void> method() {
            return Mono.fromRunnable(messages::method);
        }

        @PostMapping("/method/later")
        Mono<Void> methodLater() {
            return Mono.just("Hello")
                    .publishOn(loop)
                    .map(text -> messages.method())
                    .then();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    @Import({Controller.class, Messages.class})
    static class Application {}
}
