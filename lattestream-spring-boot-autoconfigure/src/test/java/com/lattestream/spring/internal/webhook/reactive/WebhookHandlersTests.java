package com.lattestream.spring.internal.webhook.reactive;

import static com.lattestream.spring.internal.webhook.WebhookFixture.BODY;
import static com.lattestream.spring.internal.webhook.WebhookFixture.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookFixture;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookPath;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.reactive.result.SimpleHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class WebhookHandlersTests {

    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final GenericApplicationContext context = new GenericApplicationContext();

    private final WebHandler handler = exchange -> Mono.empty();

    private final WebHandler other = exchange -> Mono.empty();

    private @Nullable WebhookHandlers handlers;

    @AfterEach
    void close() {
        context.close();
    }

    private WebhookHandlers handlers() {
        if (handlers == null) {
            context.refresh();
            handlers = new WebhookHandlers(new WebhookPath(PATH), context);
        }
        return handlers;
    }

    private void controller(Class<?> type) {
        context.registerBean(type);
        context.registerBean(RequestMappingHandlerMapping.class);
    }

    private void urls(Map<String, ?> urls) {
        context.registerBean(SimpleUrlHandlerMapping.class, () -> new SimpleUrlHandlerMapping(urls, 5));
    }

    /** A handler mapping that provides no pattern. */
    private void custom(Function<ServerWebExchange, Mono<Object>> mapping) {
        context.registerBean(HandlerMapping.class, () -> mapping::apply);
    }

    private static MockServerWebExchange exchange(String path) {
        return MockServerWebExchange.from(
                MockServerHttpRequest.method(HttpMethod.POST, URI.create(path)).build());
    }

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value();
    }

    private boolean isHandled() {
        return handlers().isHandled(exchange(PATH)).block(MOMENT);
    }

    private boolean isWebhookHandler(ServerWebExchange exchange, Object matched) {
        return handlers().isWebhookHandler(exchange, matched).block(MOMENT);
    }

    private boolean isWebhookHandler(String path, Object matched) {
        return isWebhookHandler(exchange(path), matched);
    }

    /** An exchange that a pattern has matched which was not written for the path of webhooks. */
    private static MockServerWebExchange matchedElsewhere() {
        MockServerWebExchange exchange = exchange("/anything");
        exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/anything");
        return exchange;
    }

    private Object match(String path) {
        handlers();
        return Flux.fromIterable(context.getBeansOfType(HandlerMapping.class).values())
                .concatMap(mapping -> mapping.getHandler(exchange(path)))
                .blockFirst(MOMENT);
    }

    @Test
    void withoutHandlersAWebhookIsNotHandled() {
        assertThat(isHandled()).isFalse();
        assertThat(handlers().path().value()).isEqualTo(PATH);
    }

    @Test
    void aControllerOnThePathHandlesWebhooks() {
        controller(OnPath.class);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void aHandlerWithAWildcardAfterALiteralSegmentHandlesWebhooks() {
        urls(Map.of("/webhooks/**", handler));

        assertThat(isHandled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "/{*path}", "/{a}/{b}"})
    void aHandlerOfAllPathsDoesNotHandleWebhooks(String pattern) {
        urls(Map.of(pattern, handler));

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aHandlerOfStaticResourcesDoesNotHandleWebhooks() {
        urls(Map.of("/webhooks/**", new ResourceWebHandler()));

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aControllerWithFurtherConditionsHandlesWebhooksThatDoNotMeetThem() {
        controller(OnPathWithConditions.class);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void aControllerForAnotherMethodDoesNotHandleWebhooks(CapturedOutput output) {
        controller(OnPathForPut.class);

        assertThat(isHandled()).isFalse();
        assertThat(output).doesNotContain("Could not look up");
    }

    @Test
    void aHandlerWithoutAPatternHandlesWebhooksUnlessItHandlesOtherPathsToo() {
        custom(exchange -> path(exchange).equals(PATH) ? Mono.just(handler) : Mono.empty());

        assertThat(isHandled()).isTrue();
    }

    @Test
    void aHandlerWithoutAPatternOfAllPathsDoesNotHandleWebhooks() {
        custom(exchange -> Mono.just(handler));

        assertThat(isHandled()).isFalse();
    }

    @Test
    void aHandlerMappingThatFailsIsLoggedOnce(CapturedOutput output) {
        custom(exchange -> Mono.error(new IllegalArgumentException("broken mapping")));

        assertThat(isHandled()).isFalse();
        assertThat(isHandled()).isFalse();

        assertThat(output.getAll().lines().filter(line -> line.contains("Could not look up the handler")))
                .hasSize(1);
    }

    @Test
    void theLookupDoesNotChangeTheExchangeNorReadFromTheClient() {
        AtomicInteger read = new AtomicInteger();
        List<Object> seen = new ArrayList<>();
        custom(exchange -> {
            seen.add(exchange.getRequest().getHeaders().getOrigin() == null);
            seen.add(exchange.getAttributes().containsKey(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
            seen.add(exchange.getAttribute("user"));
            seen.add(exchange.getFormData().block(MOMENT).size());
            seen.add(exchange.getMultipartData().block(MOMENT).size());
            seen.add(exchange.getRequest().getBody().count().block(MOMENT));
            exchange.getAttributes().put("found", "pattern");
            return Mono.just(handler);
        });
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post(PATH)
                .header("Origin", "https://other")
                .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(BODY))
                        .cast(DataBuffer.class)
                        .doOnSubscribe(subscription -> read.incrementAndGet())));
        exchange.getAttributes().put("user", "alice");
        exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/old");

        handlers().isHandled(exchange).block(MOMENT);

        assertThat(seen.subList(0, 6)).containsExactly(true, false, "alice", 0, 0, 0L);
        assertThat(exchange.getAttributes()).doesNotContainKey("found");
        assertThat(exchange.getRequest().getHeaders().getOrigin()).isEqualTo("https://other");
        assertThat(read).hasValue(0);
    }

    @Test
    void conditionsOfHandlersCanReadTheBodyOfAVerifiedRequest() {
        List<Long> buffers = new ArrayList<>();
        custom(exchange -> {
            buffers.add(exchange.getRequest().getBody().count().block(MOMENT));
            return Mono.just(handler);
        });

        handlers().isHandled(new CachedBodyExchange(exchange(PATH), BODY)).block(MOMENT);

        assertThat(buffers.get(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PATH,
                PATH + "/",
                "/webhooks//lattestream",
                "/WEBHOOKS/lattestream",
                "/webhooks/lattestream;a=b",
                "/webhooks/latte%73tream",
                "/a/../webhooks/lattestream"
            })
    void anyHandlerOfThePathInAnyNotationIsAHandlerOfWebhooks(String path) {
        assertThat(isWebhookHandler(path, other)).isTrue();
    }

    @Test
    void aHandlerOfAnotherPathIsNotAHandlerOfWebhooks() {
        assertThat(isWebhookHandler("/other", other)).isFalse();
    }

    @Test
    void aControllerOnThePathIsAHandlerOfWebhooksOnItsOtherPathsToo() {
        controller(OnPath.class);

        assertThat(isWebhookHandler("/alias", match("/alias"))).isTrue();
    }

    @Test
    void aControllerThatReadsWebhooksIsAHandlerOfWebhooks() {
        controller(Elsewhere.class);

        assertThat(isWebhookHandler("/reads-webhooks", match("/reads-webhooks")))
                .isTrue();
        assertThat(isWebhookHandler("/reads-text", match("/reads-text"))).isFalse();
    }

    @Test
    void aUrlHandlerOnThePathIsAHandlerOfWebhooksOnItsOtherPathsToo() {
        urls(Map.of(PATH, handler, "/other", other));

        assertThat(isWebhookHandler(matchedElsewhere(), handler)).isTrue();
        assertThat(isWebhookHandler(matchedElsewhere(), other)).isFalse();
    }

    @Test
    void aUrlHandlerThatIsABeanIsAHandlerOfWebhooks() {
        context.registerBean("lazy", Named.class, definition -> definition.setLazyInit(true));
        SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of(PATH, "lazy"));
        mapping.setLazyInitHandlers(true);
        context.registerBean(SimpleUrlHandlerMapping.class, () -> mapping);
        handlers();

        assertThat(isWebhookHandler(matchedElsewhere(), context.getBean("lazy")))
                .isTrue();
        assertThat(isWebhookHandler(matchedElsewhere(), new Named())).isFalse();
    }

    @Test
    void aUrlHandlerThatIsAPrototypeIsNotCreatedForTheComparison() {
        AtomicInteger created = new AtomicInteger();
        context.registerBean(
                "prototype",
                Named.class,
                () -> {
                    created.incrementAndGet();
                    return new Named();
                },
                definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE));
        SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of(PATH, "prototype"));
        mapping.setLazyInitHandlers(true);
        context.registerBean(SimpleUrlHandlerMapping.class, () -> mapping);

        assertThat(isWebhookHandler(matchedElsewhere(), new Named())).isFalse();
        assertThat(created).hasValue(0);
    }

    @Test
    void aControllerThatSeveralMappingsContainHandlesWebhooks() {
        controller(OnPathWithConditions.class);
        context.registerBean("second", RequestMappingHandlerMapping.class);

        assertThat(isHandled()).isTrue();
    }

    @Test
    void thePatternThatMatchedDecides() {
        MockServerWebExchange literal = exchange("/anything");
        literal.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH + "/**");
        MockServerWebExchange variable = exchange("/anything");
        variable.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/webhooks/{source}");
        custom(exchange -> Mono.just(handler));

        assertThat(isWebhookHandler(literal, handler)).isTrue();
        assertThat(isWebhookHandler(variable, handler)).isFalse();
    }

    @Test
    void aHandlerWithoutAPatternIsAHandlerOfWebhooksIfItIsTheHandlerOfThePathOnly() {
        custom(exchange -> path(exchange).equals(PATH)
                ? Mono.just(handler)
                : path(exchange).startsWith("/webhooks/") ? Mono.just(other) : Mono.empty());

        assertThat(isWebhookHandler("/anything", handler)).isTrue();
        assertThat(isWebhookHandler("/anything", other)).isFalse();
    }

    @Test
    void aHandlerWithoutAPatternOfManyPathsIsNotAHandlerOfWebhooks() {
        custom(exchange -> Mono.just(handler));

        assertThat(isWebhookHandler("/anything", handler)).isFalse();
    }

    @Test
    void ifTheHandlerOfThePathCannotBeDeterminedTheRequestIsRefused(CapturedOutput output) {
        custom(exchange -> Mono.error(new IllegalArgumentException("broken mapping")));

        assertThat(isWebhookHandler("/anything", handler)).isTrue();
        assertThat(output).contains("refused with status 401");
    }

    private final List<Outcome> outcomes = new ArrayList<>();

    private final List<Object> called = new ArrayList<>();

    private WebhookGuardHandlerAdapter guard() {
        context.registerBean("simple", HandlerAdapter.class, () -> new SimpleHandlerAdapter() {

            @Override
            public Mono<HandlerResult> handle(ServerWebExchange exchange, Object matched) {
                called.add(matched);
                return super.handle(exchange, matched);
            }
        });
        context.registerBean(
                "guard",
                WebhookGuardHandlerAdapter.class,
                () -> new WebhookGuardHandlerAdapter(
                        new WebhookHandlers(new WebhookPath(PATH), context), context, outcomes::add));
        handlers();
        return context.getBean(WebhookGuardHandlerAdapter.class);
    }

    @Test
    void theGuardSupportsWhatTheOtherAdaptersSupport() {
        WebhookGuardHandlerAdapter guard = guard();

        assertThat(guard.getOrder()).isEqualTo(Integer.MIN_VALUE);
        assertThat(guard.supports(handler)).isTrue();
        assertThat(guard.supports("a text")).isFalse();
    }

    @Test
    void theGuardRefusesUnverifiedRequestsOfHandlersOfWebhooks(CapturedOutput output) {
        urls(Map.of(PATH, handler));
        WebhookGuardHandlerAdapter guard = guard();
        MockServerWebExchange exchange = exchange("/anything");

        guard.handle(exchange, handler).block(MOMENT);

        assertThat(called).isEmpty();
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(exchange.getResponse().isCommitted()).isTrue();
        assertThat(outcomes).containsExactly(Outcome.UNVERIFIED);
        assertThat(output).contains("[webhook_unverified]", "'/anything'", PATH);
    }

    @Test
    void theGuardPassesOnOtherRequestsAndVerifiedOnes() {
        urls(Map.of(PATH, handler));
        WebhookGuardHandlerAdapter guard = guard();
        MockServerWebExchange verified = exchange(PATH);
        VerifiedWebhook.mark(verified, new WebhookFixture().delivery());

        guard.handle(exchange("/anything"), other).block(MOMENT);
        guard.handle(verified, handler).block(MOMENT);

        assertThat(called).containsExactly(other, handler);
        assertThat(outcomes).isEmpty();
        assertThat(guard.handle(verified, "a text").materialize().block(MOMENT).getThrowable())
                .isInstanceOf(IllegalStateException.class);
    }

    static final class Named implements WebHandler {

        @Override
        public Mono<Void> handle(ServerWebExchange exchange) {
            return Mono.empty();
        }
    }

    @RestController
    static final class OnPath {

        @PostMapping({PATH, "/alias"})
        void handle() {}

        @RequestMapping("/unrelated")
        void unrelated() {}
    }

    @RestController
    static final class OnPathWithConditions {

        @RequestMapping(path = PATH, consumes = "text/plain")
        void handle() {}
    }

    @RestController
    static final class OnPathForPut {

        @PutMapping(PATH)
        void handle() {}
    }

    @RestController
    static final class Elsewhere {

        @PostMapping("/reads-webhooks")
        void webhooks(@RequestBody WebhookPayload payload) {}

        @PostMapping("/reads-text")
        void text(@RequestBody String text) {}
    }
}
