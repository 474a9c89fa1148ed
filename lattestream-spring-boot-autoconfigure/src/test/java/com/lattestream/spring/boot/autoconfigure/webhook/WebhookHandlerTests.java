package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.Response;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The handlers of webhooks of an application, and the ways in which requests can and cannot reach them. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookHandlerTests {

    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
    }

    private void start(Class<?> handlers, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--server.port=0", "--lattestream.secret=" + SECRET, "--lattestream.use-tls=false"));
        all.addAll(List.of(arguments));
        application = new SpringApplicationBuilder(Application.class, handlers)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
    }

    private Response unsigned(String target) throws IOException {
        return RawHttp.post(RawHttp.port(application), target, RawHttp.webhook(), null);
    }

    private Response signed(String target) throws IOException {
        byte[] body = RawHttp.webhook();
        return RawHttp.post(RawHttp.port(application), target, body, RawHttp.sign(body));
    }

    @Test
    void noDispatchLeadsToTheHandlerUnverified() throws Exception {
        start(Detours.class);

        for (String detour : List.of("/forward", "/include", "/async", "/error-page", "/forward-marked")) {
            assertThat(unsigned(detour).body()).as(detour).doesNotContain("handled");
        }
        assertThat(signed(PATH).body()).contains("handled");
    }

    @Configuration(proxyBeanMethods = false)
    static class Detours {

        @Bean
        TextController textController() {
            return new TextController();
        }

        @Bean
        ServletRegistrationBean<HttpServlet> detours() {
            HttpServlet servlet = new HttpServlet() {
                @Override
                protected void doPost(HttpServletRequest request, HttpServletResponse response)
                        throws ServletException, IOException {
                    switch (request.getServletPath()) {
                        case "/forward" -> request.getRequestDispatcher(PATH).forward(request, response);
                        case "/include" -> request.getRequestDispatcher(PATH).include(request, response);
                        case "/async" -> request.startAsync().dispatch(PATH);
                        case "/error-page" -> response.sendError(409);
                        default -> {
                            // the name alone is no mark
                            request.setAttribute(
                                    "com.lattestream.spring.internal.webhook.servlet.VerifiedWebhook", "verified");
                            request.getRequestDispatcher(PATH).forward(request, response);
                        }
                    }
                }
            };
            ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(
                    servlet, "/forward", "/include", "/async", "/error-page", "/forward-marked");
            registration.setAsyncSupported(true);
            return registration;
        }

        @Bean
        ErrorPageRegistrar errorPage() {
            return registry -> registry.addErrorPages(new ErrorPage(HttpStatus.CONFLICT, PATH));
        }
    }

    @Test
    void aWebhookPayloadIsReadOnNoOtherPath() throws Exception {
        start(OtherPaths.class);

        for (String path : List.of("/payload", "/entity", "/route")) {
            assertThat(unsigned(path).status()).as(path).isEqualTo(401);
            // the filter is not in front of the path
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

            @PostMapping("/entity")
            String entity(HttpEntity<WebhookPayload> payload) {
                return "handled";
            }

            @PostMapping("/text")
            String text(@RequestBody String text) {
                return "handled";
            }
        }

        @Bean
        RouterFunction<ServerResponse> route() {
            return RouterFunctions.route()
                    .POST("/route", request -> {
                        request.body(WebhookPayload.class);
                        return ServerResponse.ok().body("handled");
                    })
                    .build();
        }
    }

    @Test
    void anotherSourceOfAPatternIsNotOfWebhooks(CapturedOutput output) throws Exception {
        start(SourceController.class);

        assertThat(unsigned("/webhooks/stripe").body()).isEqualTo("handled stripe");
        assertThat(unsigned("/webhooks/LatteStream").status()).isEqualTo(401);
        assertThat(signed(PATH).body()).isEqualTo("handled lattestream");
        assertThat(output).contains("[webhook_unverified]").contains("'/webhooks/LatteStream'");
    }

    @RestController
    static class SourceController {

        @PostMapping("/webhooks/{source}")
        String webhook(@PathVariable String source, @RequestBody String body) {
            return "handled " + source;
        }
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

        @Bean({PATH, "/url-alias"})
        HttpRequestHandler urlAlias() {
            return (request, response) -> response.getWriter().write("handled");
        }
    }

    @Test
    void handlersBelowThePathAreNotOfWebhooks() throws Exception {
        start(Below.class);

        assertThat(unsigned(PATH + "/status").body()).isEqualTo("status");
        assertThat(unsigned(PATH + "/7").body()).isEqualTo("number 7");
        assertThat(signed(PATH).status()).isEqualTo(204);
    }

    @RestController
    static class Below {

        @PostMapping(PATH + "/status")
        String status() {
            return "status";
        }

        @PostMapping(PATH + "/{number}")
        String number(@PathVariable String number) {
            return "number " + number;
        }
    }

    @Test
    void catchAllHandlersAreNotWebhookHandlers() throws Exception {
        start(CatchAll.class);

        assertThat(unsigned("/anything").body()).isEqualTo("page");
        assertThat(unsigned("/any/thing").body()).isEqualTo("resource");
        assertThat(signed(PATH).status()).isEqualTo(204);
    }

    @RestController
    static class CatchAll {

        @RequestMapping("/**")
        String page() {
            return "page";
        }

        @PostMapping("/{type}/{id}")
        String resource() {
            return "resource";
        }
    }

    @Test
    void aControllerForOtherMethodsIsNotInvoked() throws Exception {
        start(GetController.class);

        assertThat(signed(PATH).status()).isEqualTo(204);
    }

    @RestController
    static class GetController {

        @GetMapping(PATH)
        String webhook() {
            return "handled";
        }
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
                    .route(
                            request -> request.path().startsWith(PATH),
                            request -> ServerResponse.ok().body("handled " + request.body(String.class)))
                    .route(request -> request.path().startsWith("/other"), request -> text("other"))
                    .route(request -> true, request -> text("elsewhere"))
                    .build();
        }

        private static ServerResponse text(String text) {
            return ServerResponse.ok().body(text);
        }
    }

    @Test
    void aCatchAllRouteIsNoWebhookHandler() throws Exception {
        start(RouteForAll.class);

        assertThat(unsigned("/elsewhere").body()).contains("elsewhere");
        assertThat(signed(PATH).status()).isEqualTo(204);
    }

    @Configuration(proxyBeanMethods = false)
    static class RouteForAll {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .route(request -> true, request -> ServerResponse.ok().body("elsewhere"))
                    .build();
        }
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
                    .route(
                            FailingPredicate::isFree,
                            request -> ServerResponse.ok().body("handled"))
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
    void aServletOnThePathReceivesVerifiedWebhooks() throws Exception {
        start(OwnServlet.class);

        assertThat(unsigned(PATH).status()).isEqualTo(401);
        byte[] body = RawHttp.webhook();
        assertThat(RawHttp.post(RawHttp.port(application), PATH, body, RawHttp.sign(body))
                        .body())
                .contains("handled " + body.length);
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnServlet {

        @Bean
        ServletRegistrationBean<HttpServlet> ownServlet() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {
                        @Override
                        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                                throws IOException {
                            response.getWriter()
                                    .write("handled " + request.getInputStream().readAllBytes().length);
                        }
                    },
                    PATH);
        }
    }

    @Test
    void behindAFilterForRequestsAHandlerMayRespondAsynchronously() throws Exception {
        start(BehindRequestFilter.class);

        Response response = signed(PATH);

        assertThat(response.body()).isEqualTo("handled");
        assertThat(response.header("X-Filtered")).isEqualTo("REQUEST");
    }

    @Configuration(proxyBeanMethods = false)
    static class BehindRequestFilter {

        @RestController
        static class LaterController {

            @PostMapping(PATH)
            CompletableFuture<String> webhook(@RequestBody byte[] body) {
                return CompletableFuture.supplyAsync(() -> "handled");
            }
        }

        @Bean
        FilterRegistrationBean<Filter> requestFilter() {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                ((HttpServletResponse) response)
                        .addHeader("X-Filtered", request.getDispatcherType().name());
                chain.doFilter(request, response);
            });
            filter.setDispatcherTypes(DispatcherType.REQUEST);
            filter.setOrder(Ordered.LOWEST_PRECEDENCE);
            return filter;
        }
    }

    @Test
    void conditionsOfHandlersDoNotReadTheBodyOfAnUnverifiedForm() throws Exception {
        start(FormController.class);

        byte[] form = "kind=webhook".getBytes(UTF_8);
        byte[] head = new String(RawHttp.head(PATH, form.length, "0".repeat(64)), UTF_8)
                .replace("application/json", "application/x-www-form-urlencoded")
                .getBytes(UTF_8);
        try (Socket socket = RawHttp.open(RawHttp.port(application))) {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(form);
            assertThat(RawHttp.read(socket).status()).isEqualTo(401);
        }
        assertThat(signed(PATH + "?kind=webhook").body()).isEqualTo("handled");
        assertThat(signed(PATH).status()).isIn(204, 400);
    }

    @RestController
    static class FormController {

        @PostMapping(path = PATH, params = "kind=webhook")
        String webhook(@RequestBody String body) {
            return "handled";
        }
    }

    @Test
    void aHandlerMappingWithoutInterceptorsIsGuardedOnThePath() throws Exception {
        start(ForeignMapping.class);

        assertThat(unsigned("/elsewhere").body()).isEqualTo("handled");
        for (String spelling : List.of(PATH + "/", "/WEBHOOKS/LATTESTREAM", "/webhooks//lattestream")) {
            assertThat(unsigned(spelling).body()).as(spelling).doesNotContain("handled");
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

        private final HttpRequestHandler handler = (request, response) -> {
            response.setContentLength(7);
            response.getWriter().write("handled");
        };

        @Override
        public HandlerExecutionChain getHandler(HttpServletRequest request) {
            return new HandlerExecutionChain(handler);
        }

        @Override
        public int getOrder() {
            return -100;
        }
    }

    @Test
    void aMatcherOfTextPatternsIsGuardedToo() throws Exception {
        start(TextController.class, "--spring.mvc.pathmatch.matching-strategy=ant_path_matcher");

        assertThat(unsigned(PATH + ";a=b").body()).doesNotContain("handled");
        assertThat(unsigned("/webhooks//lattestream").body()).doesNotContain("handled");
        assertThat(signed(PATH).body()).isEqualTo("handled");
    }

    @RestController
    static class TextController {

        @PostMapping(PATH)
        String webhook(@RequestBody String body) {
            return "handled";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityFilterChain everyoneMayDoEverything(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(CsrfConfigurer::disable)
                    .build();
        }
    }
}
