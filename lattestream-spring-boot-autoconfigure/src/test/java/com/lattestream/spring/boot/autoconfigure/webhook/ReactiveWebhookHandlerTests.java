package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The handlers of webhooks on Spring WebFlux, which no request reaches unverified. */
@ExtendWith(OutputCaptureExtension.class)
class ReactiveWebhookHandlerTests {

    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
    }

    private void start(Class<?> handlers, Class<?> security, String... arguments) {
        List<String> all = new ArrayList<>(List.of(Stack.REACTIVE.arguments(
                "--server.port=0", "--lattestream.secret=" + SECRET, "--lattestream.use-tls=false")));
        all.addAll(List.of(arguments));
        application = new SpringApplicationBuilder(Application.class, handlers, security)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
    }

    private void start(Class<?> handlers) {
        start(handlers, Stack.Open.class);
    }

    private Response unsigned(String target) throws IOException {
        return RawHttp.post(RawHttp.port(application), target, RawHttp.webhook(), null);
    }

    private Response signed(String target) throws IOException {
        byte[] body = RawHttp.webhook();
        return RawHttp.post(RawHttp.port(application), target, body, RawHttp.sign(body));
    }

    @Test
    void aWebhookPayloadIsReadOnNoOtherPath() throws Exception {
        start(OtherPaths.class);

        for (String path : List.of("/payload", "/mono", "/entity", "/route")) {
            assertThat(unsigned(path).status()).as(path).isEqualTo(401);
            // the filter does not verify other paths
            assertThat(signed(path).status()).as(path).isEqualTo(401);
        }
        assertThat(unsigned("/text").body()).isEqualTo("handled");
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherPaths {

        @RestController
        static class PayloadController {

            @PostMapping("/payload")
            String payload(@RequestBody WebhookPayload payload) {
                return "handled";
            }

            @PostMapping("/mono")
            Mono<String> mono(@RequestBody Mono<WebhookPayload> payload) {
                return payload.map(read -> "handled");
            }

            @PostMapping("/entity")
            String entity(HttpEntity<WebhookPayload> payload) {
                return "handled";
            }

            @PostMapping("/text")
            String text(@RequestBody String text) {
                return "handled";
            }
        }

        // the route is not known to be one of webhooks: the decoder refuses
        @Bean
        RouterFunction<ServerResponse> route() {
            return RouterFunctions.route()
                    .POST(
                            "/route",
                            request -> request.bodyToMono(WebhookPayload.class)
                                    .flatMap(payload -> ServerResponse.ok().bodyValue("handled")))
                    .build();
        }
    }

    @Test
    void aBodyThatAFilterHasReplacedIsNotReadAsAPayload() throws Exception {
        start(ReplacedBody.class);

        assertThat(signed(PATH).status()).isEqualTo(401);
        assertThat(signed(PATH + "?kept").body()).isEqualTo("handled");
    }

    @Configuration(proxyBeanMethods = false)
    static class ReplacedBody {

        @Bean
        @Order(0)
        WebFilter replacing() {
            return (exchange, chain) -> {
                ServerHttpRequest request = exchange.getRequest();
                if (request.getQueryParams().containsKey("kept")) {
                    // hides the request of the webhook filter, but not its mark
                    return chain.filter(exchange.mutate()
                            .request(request.mutate().header("X-Own", "value").build())
                            .build());
                }
                ServerHttpRequest replaced = new ServerHttpRequestDecorator(request) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return Flux.just(exchange.getResponse().bufferFactory().wrap(RawHttp.webhook()));
                    }
                };
                return chain.filter(exchange.mutate().request(replaced).build());
            };
        }

        @RestController
        static class PayloadController {

            @PostMapping(PATH)
            String webhook(@RequestBody WebhookPayload payload) {
                return "handled";
            }
        }
    }

    @Test
    void aFilterThatChangesThePathDoesNotLeadToTheHandler() throws Exception {
        start(Rewriting.class);

        assertThat(unsigned("/rewritten").status()).isEqualTo(401);
        assertThat(unsigned("/marked").status()).isEqualTo(401);
        assertThat(signed(PATH).body()).isEqualTo("handled");
    }

    @Configuration(proxyBeanMethods = false)
    static class Rewriting {

        @Bean
        @Order(0)
        WebFilter rewriting() {
            return (exchange, chain) -> {
                // the name alone is no mark
                exchange.getAttributes()
                        .putIfAbsent("com.lattestream.spring.internal.webhook.reactive.VerifiedWebhook", "verified");
                return chain.filter(exchange.mutate()
                        .request(exchange.getRequest().mutate().path(PATH).build())
                        .build());
            };
        }

        @RestController
        static class TextController {

            @PostMapping(PATH)
            String webhook(@RequestBody String body) {
                return "handled";
            }
        }
    }

    @Test
    void anotherSourceOfAPatternIsNotOfWebhooks(CapturedOutput output) throws Exception {
        start(WebhookHandlerTests.SourceController.class);

        assertThat(unsigned("/webhooks/stripe").body()).isEqualTo("handled stripe");
        assertThat(unsigned("/webhooks/LatteStream").status()).isEqualTo(401);
        assertThat(signed("/webhooks/LatteStream").status())
                .as("another spelling is not verified")
                .isEqualTo(401);
        assertThat(signed(PATH).body()).isEqualTo("handled lattestream");
        assertThat(output).contains("[webhook_unverified]").contains("'/webhooks/LatteStream'");
    }

    @Test
    void aHandlerOfThePathRefusesUnverifiedRequestsOnItsOtherPathsToo() throws Exception {
        start(Aliases.class);

        assertThat(unsigned("/alias").status()).isEqualTo(401);
        assertThat(unsigned(PATH + "/below").status()).isEqualTo(401);
        assertThat(unsigned("/url-alias").status()).isEqualTo(401);
        assertThat(signed(PATH).body()).isEqualTo("handled");
    }

    @Configuration(proxyBeanMethods = false)
    static class Aliases {

        @RestController
        static class AliasController {

            @PostMapping({PATH + "/**", "/alias"})
            String webhook(@RequestBody String body) {
                return "handled";
            }
        }

        @Bean
        SimpleUrlHandlerMapping urlAliases() {
            WebHandler handler =
                    exchange -> DataBufferUtils.join(exchange.getRequest().getBody())
                            .then(exchange.getResponse().setComplete());
            return new SimpleUrlHandlerMapping(Map.of(PATH, handler, "/url-alias", handler), 1);
        }
    }

    @Test
    void handlersBelowThePathAreNotOfWebhooks() throws Exception {
        start(WebhookHandlerTests.Below.class);

        assertThat(unsigned(PATH + "/status").body()).isEqualTo("status");
        assertThat(unsigned(PATH + "/7").body()).isEqualTo("number 7");
        assertThat(signed(PATH).status()).isEqualTo(204);
    }

    @Test
    void catchAllHandlersAreNotWebhookHandlers() throws Exception {
        start(WebhookHandlerTests.CatchAll.class);

        assertThat(unsigned("/anything").body()).isEqualTo("page");
        assertThat(unsigned("/any/thing").body()).isEqualTo("resource");
        assertThat(signed(PATH).status()).isEqualTo(204);
    }

    @Test
    void routesWithoutAPatternAreTriedWithThePath() throws Exception {
        start(Predicates.class);

        assertThat(unsigned("/elsewhere").body()).contains("elsewhere");
        assertThat(unsigned(PATH + "-and-more").status()).isEqualTo(401);
        assertThat(unsigned("/other/route").body()).contains("other");
        assertThat(signed(PATH).body()).contains("handled");
    }

    @Configuration(proxyBeanMethods = false)
    static class Predicates {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .route(request -> request.path().startsWith(PATH), request -> text("handled"))
                    .route(request -> request.path().startsWith("/other"), request -> text("other"))
                    .route(request -> true, request -> text("elsewhere"))
                    .build();
        }
    }

    private static Mono<ServerResponse> text(String text) {
        return ServerResponse.ok().bodyValue(text);
    }

    @Test
    void aFailedLookupOfTheHandlerIsRefusedAndLoggedOnce(CapturedOutput output) throws Exception {
        start(FailingPredicate.class);

        assertThat(unsigned("/free").status()).isEqualTo(401);
        assertThat(unsigned("/free").status()).isEqualTo(401);
        assertThat(output.toString().split("Could not look up the handler of webhooks", -1))
                .hasSize(2);
    }

    @Configuration(proxyBeanMethods = false)
    static class FailingPredicate {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .route(FailingPredicate::isFree, request -> text("handled"))
                    .build();
        }

        private static boolean isFree(ServerRequest request) {
            if (request.path().startsWith("/webhooks")) {
                throw new IllegalStateException("only knows /free");
            }
            return request.path().equals("/free");
        }
    }

    @Test
    void aHandlerMappingOfTheApplicationIsGuardedOnThePath() throws Exception {
        start(ForeignMapping.class);

        assertThat(unsigned("/elsewhere").body()).isEqualTo("handled");
        for (String spelling : List.of(
                PATH,
                PATH + "/",
                PATH + ";a=b",
                "/WEBHOOKS/LATTESTREAM",
                "/webhooks//lattestream",
                "/webhooks/./lattestream",
                "/webhooks/x/../lattestream",
                "/webhooks/%2e/lattestream",
                "/webhooks%2flattestream")) {
            assertThat(unsigned(spelling).status()).as(spelling).isIn(400, 401);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ForeignMapping {

        @Bean
        HandlerMapping foreign() {
            return new AnyHandlerMapping();
        }
    }

    private static final class AnyHandlerMapping implements HandlerMapping, Ordered {

        private final WebHandler handler = exchange -> {
            exchange.getResponse().getHeaders().setContentLength(7);
            return exchange.getResponse()
                    .writeWith(Mono.just(
                            exchange.getResponse().bufferFactory().wrap("handled".getBytes(StandardCharsets.UTF_8))));
        };

        @Override
        public Mono<Object> getHandler(ServerWebExchange exchange) {
            return Mono.just(handler);
        }

        @Override
        public int getOrder() {
            return -100;
        }
    }

    @Test
    void webhooksAreProcessedBeforeSpringSecurity() throws Exception {
        start(Nothing.class, Closed.class);

        assertThat(signed(PATH).status()).isEqualTo(204);
        assertThat(unsigned(PATH).status()).isEqualTo(401);
        assertThat(signed("/others").status()).isEqualTo(403);
    }

    @Test
    void aHandlerIsBehindSpringSecurity() throws Exception {
        start(WebhookHandlerTests.SourceController.class, Closed.class);

        assertThat(signed(PATH).status()).isEqualTo(403);
    }

    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    static class Closed {

        @Bean
        SecurityWebFilterChain denyAllRequests(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().denyAll())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .exceptionHandling(handling -> handling.authenticationEntryPoint((exchange, ex) -> {
                        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
                        return exchange.getResponse().setComplete();
                    }))
                    .build();
        }
    }

    @Test
    void aLookupForAnotherOriginDoesNotWriteAResponse() throws Exception {
        start(OtherOrigins.class);
        byte[] body = RawHttp.webhook();
        String head = new String(RawHttp.head(PATH, body.length, RawHttp.sign(body)), StandardCharsets.ISO_8859_1);
        try (Socket socket = RawHttp.open(RawHttp.port(application))) {
            socket.getOutputStream()
                    .write(head.replace("Host: localhost\r\n", "Host: localhost\r\nOrigin: https://allowed.example\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            Response response = RawHttp.read(socket);
            assertThat(response.body()).isEqualTo("handled");
            assertThat(response.text().lines().filter(line -> line.startsWith("Access-Control-Allow-Origin")))
                    .hasSize(1);
        }
    }

    @RestController
    static class OtherOrigins {

        @CrossOrigin("https://allowed.example")
        @PostMapping(PATH)
        String webhook(@RequestBody byte[] body) {
            return "handled";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
