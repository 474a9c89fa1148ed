package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Forged webhooks against a real port: each spelling of the URL, each kind of handler, with the webhook filter before
 * Spring Security's filters and after them, at the root and below a context, servlet or base path. The application matches
 * as much as Spring MVC and Spring WebFlux can be configured to match.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("applications")
class ForgedWebhookMatrixTests {

    private static @Nullable ConfigurableApplicationContext running;

    @Parameter
    Setup setup;

    static Stream<Setup> applications() {
        Stream<Setup> matrix = Stream.of(
                        NoHandler.class,
                        TextController.class,
                        BytesController.class,
                        PayloadController.class,
                        FunctionalRoute.class)
                .flatMap(handler -> Stream.of(true, false)
                        .flatMap(filterFirst ->
                                Stream.of("", "/app/api").map(prefix -> new Setup(handler, filterFirst, prefix))));
        Stream<Setup> others = Stream.of(PatternController.class, UrlHandler.class, NamedHandler.class)
                .map(handler -> new Setup(handler, true, ""));
        Stream<Setup> reactive = Stream.of(
                        NoHandler.class,
                        TextController.class,
                        BytesController.class,
                        PayloadController.class,
                        PatternController.class,
                        ReactiveHandlers.MonoController.class,
                        ReactiveHandlers.FluxController.class,
                        ReactiveHandlers.FunctionalRoute.class,
                        ReactiveHandlers.PredicateRoute.class,
                        ReactiveHandlers.UrlHandler.class)
                .flatMap(handler -> Stream.of("", "/app/api").map(prefix -> new Setup(handler, prefix)));
        Stream<Setup> otherServers = Stream.of(
                        Stack.SERVLET_ON_JETTY, Stack.REACTIVE_ON_TOMCAT, Stack.REACTIVE_ON_JETTY)
                .flatMap(stack -> Stream.of(NoHandler.class, BytesController.class)
                        .flatMap(handler ->
                                Stream.of("", "/app/api").map(prefix -> new Setup(stack, handler, true, prefix))));
        return Stream.of(matrix, others, reactive, otherServers).flatMap(setups -> setups);
    }

    @BeforeParameterizedClassInvocation
    static void start(Setup setup) {
        running = new SpringApplicationBuilder(Application.class, setup.handler())
                .bannerMode(Banner.Mode.OFF)
                .run(setup.stack()
                        .arguments(
                                "--server.port=0",
                                "--lattestream.secret=" + SECRET,
                                "--lattestream.use-tls=false",
                                "--test.security-first=" + !setup.filterFirst(),
                                "--spring.webflux.base-path=" + setup.prefix(),
                                "--server.servlet.context-path="
                                        + (setup.prefix().isEmpty() ? "" : "/app"),
                                "--spring.mvc.servlet.path=" + (setup.prefix().isEmpty() ? "/" : "/api")));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        running.close();
    }

    @BeforeEach
    void reset() {
        recorder().handled.clear();
        recorder().events.clear();
    }

    private static Recorder recorder() {
        return running.getBean(Recorder.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PATH,
                PATH + "/",
                "/WEBHOOKS/LATTESTREAM",
                "/webhooks/LatteStream/",
                "/webhooks/%6cattestream",
                "/webhooks/%6Cattestream/",
                "/%57ebhooks/lattestream",
                PATH + ";a=b",
                "/webhooks;a=b/lattestream",
                "/Webhooks;a=b/lattestream;c=d/",
                "//webhooks/lattestream",
                "/webhooks//lattestream",
                "/webhooks/./lattestream",
                "/webhooks/x/../lattestream",
                "/webhooks/lattestream%20",
                "/webhoo%E2%84%AAs/lattestream"
            })
    void aForgedWebhookReachesNothing(String spelling) throws Exception {
        byte[] body = RawHttp.webhook();
        for (String signature : new String[] {null, "", "0".repeat(64), new WebhookSigner("lsk_another").sign(body)}) {
            Response response = RawHttp.post(RawHttp.port(running), setup.prefix() + spelling, body, signature);

            assertThat(response.status()).as("with %s", signature).isIn(400, 401, 404, 405);
            assertThat(response.body()).as("with %s", signature).doesNotContain("handled");
        }
        assertThat(recorder().handled).isEmpty();
        assertThat(recorder().events).isEmpty();
    }

    @Test
    void aSignedWebhookIsDeliveredOnce() throws Exception {
        byte[] body = RawHttp.webhook();

        Response first = RawHttp.post(RawHttp.port(running), setup.prefix() + PATH, body, RawHttp.sign(body));

        // the first response may arrive before its webhook is marked as dispatched
        await().untilAsserted(() -> assertThat(
                        RawHttp.post(RawHttp.port(running), setup.prefix() + PATH, body, RawHttp.sign(body))
                                .status())
                .isEqualTo(200));
        assertThat(recorder().events).containsExactly(new WebhookEvent.ChannelOccupied("chat"));
        if (setup.handler() == NoHandler.class) {
            assertThat(first.status()).isEqualTo(204);
        } else {
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).contains("handled");
            assertThat(recorder().handled).containsExactly(new String(body, UTF_8));
        }
    }

    /** A combination of the matrix. */
    record Setup(Stack stack, Class<?> handler, boolean filterFirst, String prefix) {

        private Setup(Class<?> handler, boolean filterFirst, String prefix) {
            this(Stack.SERVLET, handler, filterFirst, prefix);
        }

        private Setup(Class<?> handler, String prefix) {
            this(Stack.REACTIVE, handler, true, prefix);
        }

        @Override
        public String toString() {
            return stack + ", " + handler.getSimpleName()
                    + (filterFirst ? ", filter first" : ", security first")
                    + (prefix.isEmpty() ? "" : ", at " + prefix);
        }
    }

    /** The handlers that were reached. */
    static class Recorder {

        final List<String> handled = new CopyOnWriteArrayList<>();

        final List<WebhookEvent> events = new CopyOnWriteArrayList<>();

        String handle(String body) {
            handled.add(body);
            return "handled";
        }

        @EventListener
        void on(WebhookEvent event) {
            events.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Recorder.class, Stack.Open.class, Servlet.class, ReactiveHandlers.AnySpelling.class})
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Servlet implements WebMvcConfigurer {

        @Override
        public void configurePathMatch(PathMatchConfigurer configurer) {
            PathPatternParser parser = new PathPatternParser();
            parser.setCaseSensitive(false);
            configurer.setPatternParser(parser);
        }

        @Bean
        FilterRegistrationBean<UrlHandlerFilter> trailingSlashes() {
            FilterRegistrationBean<UrlHandlerFilter> filter = new FilterRegistrationBean<>(
                    UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build());
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }

        // past its property, which the webhook filter would follow
        @Bean
        static BeanPostProcessor securityMover(Environment environment) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof DelegatingFilterProxyRegistrationBean security
                            && environment.getRequiredProperty("test.security-first", Boolean.class)) {
                        security.setOrder(-200);
                    }
                    return bean;
                }
            };
        }
    }

    static class NoHandler {}

    @RestController
    static class TextController {

        private final Recorder recorder;

        TextController(Recorder recorder) {
            this.recorder = recorder;
        }

        @PostMapping(PATH)
        String webhook(@RequestBody String body) {
            return recorder.handle(body);
        }
    }

    @RestController
    static class BytesController {

        private final Recorder recorder;

        BytesController(Recorder recorder) {
            this.recorder = recorder;
        }

        @PostMapping(PATH)
        String webhook(@RequestBody byte[] body) {
            return recorder.handle(new String(body, UTF_8));
        }
    }

    @RestController
    static class PayloadController {

        private final Recorder recorder;

        PayloadController(Recorder recorder) {
            this.recorder = recorder;
        }

        @PostMapping(PATH)
        String webhook(@RequestBody WebhookPayload payload, @RequestBody String body) {
            assertThat(payload.events()).hasSize(1);
            return recorder.handle(body);
        }
    }

    @RestController
    static class PatternController {

        private final Recorder recorder;

        PatternController(Recorder recorder) {
            this.recorder = recorder;
        }

        @PostMapping("/webhooks/{source}")
        String webhook(@PathVariable String source, @RequestBody String body) {
            assertThat(source).isEqualTo("lattestream");
            return recorder.handle(body);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FunctionalRoute {

        @Bean
        RouterFunction<ServerResponse> route(Recorder recorder) {
            return RouterFunctions.route()
                    .POST(PATH, request -> ServerResponse.ok().body(recorder.handle(request.body(String.class))))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class UrlHandler {

        @Bean
        SimpleUrlHandlerMapping mapping(Recorder recorder) {
            HttpRequestHandler handler = handler(recorder);
            SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of(PATH, handler), 1);
            PathPatternParser parser = new PathPatternParser();
            parser.setCaseSensitive(false);
            mapping.setPatternParser(parser);
            return mapping;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NamedHandler {

        @Bean(PATH)
        HttpRequestHandler named(Recorder recorder) {
            return handler(recorder);
        }
    }

    private static HttpRequestHandler handler(Recorder recorder) {
        return (request, response) -> response.getWriter()
                .write(recorder.handle(new String(request.getInputStream().readAllBytes(), UTF_8)));
    }
}
