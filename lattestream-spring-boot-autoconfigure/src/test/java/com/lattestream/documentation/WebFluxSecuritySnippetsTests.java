package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The snippets for Spring Security on WebFlux, taken from the page, in an application that a browser logs in to. */
class WebFluxSecuritySnippetsTests {

    private static final Path PAGE = Path.of("../docs/authorization.md");

    private static final String ALLOWED = "https://app.example.com";

    private static final String FOREIGN = "https://evil.example.com";

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @TempDir
    Path folder;

    private ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    private void start(Class<?>... configurations) {
        application = new SpringApplicationBuilder(Application.class)
                .sources(configurations)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--lattestream.secret=lsk_test_of_snippets",
                        "--lattestream.auth.mode=local",
                        "--lattestream.auth.unmatched=authenticated");
    }

    private Class<?> snippets(String... methods) throws IOException, ClassNotFoundException {
        StringBuilder code = new StringBuilder();
        for (String method : methods) {
            code.append(CodeBlocks.of(PAGE, "java").stream()
                    .filter(block -> block.contains(" " + method + "("))
                    .findFirst()
                    .orElseThrow());
        }
        return new JavaSnippet(code.toString()).load(folder);
    }

    private void startWithTheSnippets() throws IOException, ClassNotFoundException {
        start(snippets("webFluxSecurity", "pagesOfAnotherOriginOnWebFlux"));
    }

    @Test
    void withoutTheExemptionTheTokenIsRequired() throws Exception {
        start(CsrfProtection.class);
        logIn();
        String token = send(request("/csrf")).body();

        assertThat(authorize().statusCode()).isEqualTo(403);
        assertThat(authorize("X-CSRF-TOKEN", "made-up").statusCode()).isEqualTo(403);
        assertIsGranted(authorize("X-CSRF-TOKEN", token));
    }

    @Test
    void withTheExemptionTheSessionSuffices() throws Exception {
        startWithTheSnippets();
        logIn();

        assertIsGranted(authorize());
    }

    @Test
    void nothingElseIsExempted() throws Exception {
        startWithTheSnippets();
        logIn();
        String token = send(request("/csrf")).body();

        assertThat(send(post("/orders")).statusCode()).isEqualTo(403);
        assertThat(send(post("/orders").header("X-CSRF-TOKEN", token)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void withoutALoginTheEndpointRespondsWith403AndPagesRedirect() throws Exception {
        startWithTheSnippets();

        assertThat(authorize().statusCode()).isEqualTo(403);
        HttpResponse<String> page = send(request("/csrf"));
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
    }

    @Test
    void pagesOfTheAllowedOriginMayCallTheEndpoint() throws Exception {
        startWithTheSnippets();
        logIn();

        HttpResponse<String> preflight = preflight(ALLOWED);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(ALLOWED);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("content-type");

        HttpResponse<String> granted = authorize("Origin", ALLOWED);
        assertIsGranted(granted);
        assertThat(granted.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ALLOWED);
    }

    @Test
    void pagesOfForeignOriginsMayNot() throws Exception {
        startWithTheSnippets();
        logIn();

        assertThat(preflight(FOREIGN).statusCode()).isEqualTo(403);
        assertThat(authorize("Origin", FOREIGN).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALLOWED, FOREIGN})
    void withoutTheCorsSnippetNoOriginIsAllowed(String origin) throws Exception {
        start(snippets("webFluxSecurity"));

        assertThat(preflight(origin).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private void logIn() throws IOException, InterruptedException {
        Matcher csrf = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"")
                .matcher(send(request("/login")).body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> response = send(request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=alice&password=password&_csrf=" + csrf.group(1))));
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).doesNotContain("error"));
    }

    private HttpResponse<String> authorize(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = post("/auth");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private static void assertIsGranted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"auth\":").contains("alice");
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        // browsers send it without cookies
        return HttpClient.newHttpClient()
                .send(
                        request("/auth")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .headers("Origin", origin)
                                .headers("Access-Control-Request-Method", "POST")
                                .headers("Access-Control-Request-Headers", "content-type")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder post(String path) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"socket_id\":\"1.1\",\"channel_name\":\"presence-lobby\"}"));
    }

    private HttpRequest.Builder request(String path) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) application).getWebServer())
                .getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    /** The defaults of Spring Security. */
    @Configuration(proxyBeanMethods = false)
    static class CsrfProtection {

        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http) {
            return http.authorizeExchange(rules -> rules.anyExchange().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/csrf")
        Mono<String> token(ServerWebExchange exchange) {
            Mono<CsrfToken> token = exchange.getRequiredAttribute(CsrfToken.class.getName());
            return token.map(CsrfToken::getToken);
        }

        @PostMapping("/orders")
        Mono<Void> order() {
            return Mono.empty();
        }
    }
}
