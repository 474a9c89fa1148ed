package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.webhook.ForgedWebhookMatrixTests.Recorder;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.reactive.UrlHandlerFilter;
import org.springframework.web.reactive.config.PathMatchConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Handlers of webhooks as applications on Spring WebFlux have them. */
final class ReactiveHandlers {

    private ReactiveHandlers() {}

    /** Matches as much as Spring WebFlux can be configured to match. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class AnySpelling implements WebFluxConfigurer {

        @Override
        public void configurePathMatching(PathMatchConfigurer configurer) {
            configurer.setUseCaseSensitiveMatch(false);
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        UrlHandlerFilter trailingSlashes() {
            return UrlHandlerFilter.trailingSlashHandler("/**").mutateRequest().build();
        }
    }

    @RestController
    static class MonoController {

        private final Recorder recorder;

        MonoController(Recorder recorder) {
            this.recorder = recorder;
        }

        @PostMapping(PATH)
        Mono<String> webhook(@RequestBody Mono<WebhookPayload> payload, @RequestBody Mono<String> body) {
            return payload.zipWith(body, (parsed, read) -> {
                assertThat(parsed.events()).hasSize(1);
                return recorder.handle(read);
            });
        }
    }

    @RestController
    static class FluxController {

        private final Recorder recorder;

        FluxController(Recorder recorder) {
            this.recorder = recorder;
        }

        @PostMapping(PATH)
        Mono<String> webhook(@RequestBody Flux<WebhookPayload> payloads, ServerHttpRequest request) {
            return payloads.single().then(read(request)).map(recorder::handle);
        }
    }

    private static Mono<String> read(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody()).map(buffer -> buffer.toString(UTF_8));
    }

    @Configuration(proxyBeanMethods = false)
    static class FunctionalRoute {

        @Bean
        RouterFunction<ServerResponse> route(Recorder recorder) {
            return RouterFunctions.route()
                    .POST(PATH, request -> handle(request, recorder))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PredicateRoute {

        @Bean
        RouterFunction<ServerResponse> route(Recorder recorder) {
            return RouterFunctions.route()
                    .route(
                            request -> request.requestPath()
                                    .pathWithinApplication()
                                    .value()
                                    .toLowerCase(Locale.ROOT)
                                    .startsWith(PATH),
                            request -> handle(request, recorder))
                    .build();
        }
    }

    private static Mono<ServerResponse> handle(ServerRequest request, Recorder recorder) {
        return request.bodyToMono(String.class)
                .map(recorder::handle)
                .flatMap(text -> ServerResponse.ok().bodyValue(text));
    }

    @Configuration(proxyBeanMethods = false)
    static class UrlHandler {

        @Bean
        SimpleUrlHandlerMapping mapping(Recorder recorder) {
            WebHandler handler = exchange -> read(exchange.getRequest())
                    .map(recorder::handle)
                    .flatMap(text -> exchange.getResponse()
                            .writeWith(Mono.just(
                                    exchange.getResponse().bufferFactory().wrap(text.getBytes(UTF_8)))));
            SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of(PATH, handler), 1);
            mapping.setUseCaseSensitiveMatch(false);
            return mapping;
        }
    }
}
