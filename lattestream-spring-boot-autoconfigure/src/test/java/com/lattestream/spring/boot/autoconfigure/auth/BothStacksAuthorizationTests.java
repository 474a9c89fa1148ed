package com.lattestream.spring.boot.autoconfigure.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.spring.MutatedBodies;
import com.lattestream.spring.PlainPasswords;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.boot.autoconfigure.NettyServer;
import com.lattestream.spring.boot.autoconfigure.StubService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.Principal;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The endpoint on Spring MVC and on Spring WebFlux, over HTTP: requests and responses are the same. */
class BothStacksAuthorizationTests {

    private static final String SECRET = "lsk_test_of_both_stacks";

    private static final String VALID = "{\"socket_id\":\"123.456\",\"channel_name\":\"private-user-alice\"}";

    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static final Map<Stack, ConfigurableApplicationContext> APPLICATIONS = new EnumMap<>(Stack.class);

    private static StubService service;

    /** A web stack, and an application that runs on it. */
    enum Stack {
        MVC(WebApplicationType.SERVLET, ServletApplication.class, "tomcat"),

        MVC_ON_JETTY(WebApplicationType.SERVLET, ServletApplication.class, "jetty"),

        /** On Netty, as in most applications. */
        WEBFLUX(WebApplicationType.REACTIVE, ReactiveApplication.class, "netty"),

        WEBFLUX_ON_TOMCAT(WebApplicationType.REACTIVE, ReactiveApplication.class, "tomcat"),

        WEBFLUX_ON_JETTY(WebApplicationType.REACTIVE, ReactiveApplication.class, "jetty");

        private final WebApplicationType type;

        private final Class<?> application;

        private final String server;

        Stack(WebApplicationType type, Class<?> application, String server) {
            this.type = type;
            this.application = application;
            this.server = server;
        }
    }

    @BeforeAll
    static void start() {
        service = StubService.start().respondingWith(exchange -> {
            byte[] body = "{\"auth\":\"lspc_of_the_service\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        for (Stack stack : Stack.values()) {
            APPLICATIONS.put(stack, start(stack, "local"));
        }
    }

    private static ConfigurableApplicationContext start(Stack stack, String mode, Class<?>... configurations) {
        // applications on Netty would close the event loops that they share
        Class<?> server = stack.server.equals("netty") ? NettyServer.class : Page.class;
        return new SpringApplicationBuilder(configurations)
                .sources(stack.application, server)
                .web(stack.type)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--test.server=" + stack.server,
                        // longer than the client keeps a connection that it may use again
                        "--server.tomcat.keep-alive-timeout=5m",
                        "--lattestream.secret=" + SECRET,
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false",
                        "--lattestream.auth.mode=" + mode);
    }

    @AfterAll
    static void stop() {
        APPLICATIONS.values().forEach(ConfigurableApplicationContext::close);
        service.close();
    }

    private static URI uri(ConfigurableApplicationContext application) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return URI.create("http://localhost:" + port + "/auth");
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext application, String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(application)).timeout(Duration.ofSeconds(20));
        return user == null
                ? request
                : request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":password").getBytes(UTF_8)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest built = request.build();
        long length = built.bodyPublisher()
                .map(HttpRequest.BodyPublisher::contentLength)
                .orElse(0L);
        // the server ends the connection of a request whose body it does not read to its end
        boolean refused = length < 0 || length > 16 * 1024;
        if (!refused) {
            return BROWSER.send(built, HttpResponse.BodyHandlers.ofString());
        }
        try {
            return HttpClient.newHttpClient().send(built, HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException ex) {
            // about one in a thousand bodies that arrive in parts: Spring's publisher of the body emits the first part,
            // but
            // neither another part nor an end, until the asynchronous request times out after 30 seconds
            if (built.uri().getPort()
                    != uri(APPLICATIONS.get(Stack.WEBFLUX_ON_TOMCAT)).getPort()) {
                throw ex;
            }
            return HttpClient.newHttpClient().send(built, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> post(Stack stack, String user, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(APPLICATIONS.get(stack), user);
        if (type != null) {
            request.header("Content-Type", type);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<String> subscribe(Stack stack, String user, String channel)
            throws IOException, InterruptedException {
        return post(
                stack,
                user,
                "application/json",
                ("{\"socket_id\":\"123.456\",\"channel_name\":\"" + channel + "\"}").getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aGrantedSubscriptionIsSigned(Stack stack) throws Exception {
        HttpResponse<String> response = subscribe(stack, "alice", "private-user-alice");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body())
                .isEqualTo("{\"auth\":\""
                        + new ChannelSigner(SECRET)
                                .authorizeChannel("123.456", "private-user-alice")
                                .auth()
                        + "\"}");
    }

    @ParameterizedTest
    @EnumSource
    void theSameBodyAsAFormIsTheSameRequest(Stack stack) throws Exception {
        byte[] form = "socket_id=123.456&channel_name=private-user-alice".getBytes(UTF_8);

        HttpResponse<String> response = post(stack, "alice", "application/x-www-form-urlencoded", form);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(subscribe(stack, "alice", "private-user-alice").body());
    }

    @ParameterizedTest
    @EnumSource
    void presenceChannelsHaveTheMemberOfTheAuthorizer(Stack stack) throws Exception {
        assertThat(subscribe(stack, "alice", "presence-room-7").body()).contains("channel_data", "alice", "room", "7");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Stack.values())
                .flatMap(stack -> Stream.of(
                        arguments(
                                stack, "another user", "alice", "application/json", VALID.replace("alice", "bob"), 403),
                        arguments(
                                stack, "no pattern", "alice", "application/json", VALID.replace("user", "other"), 403),
                        arguments(
                                stack,
                                "authorizer throws",
                                "alice",
                                "application/json",
                                VALID.replace("user", "broken"),
                                403),
                        arguments(stack, "not logged in", null, "application/json", VALID, 403),
                        arguments(stack, "no JSON", "alice", "application/json", "{", 400),
                        arguments(stack, "no object", "alice", "application/json", "[1]", 400),
                        arguments(
                                stack,
                                "twice",
                                "alice",
                                "application/json",
                                VALID.replace("}", ",\"socket_id\":\"1.1\"}"),
                                400),
                        arguments(
                                stack,
                                "public channel",
                                "alice",
                                "application/json",
                                VALID.replace("private-", ""),
                                400),
                        arguments(
                                stack,
                                "two values in a form",
                                "alice",
                                "application/x-www-form-urlencoded",
                                "socket_id=123.456&channel_name=private-user-alice&channel_name=private-user-bob",
                                400),
                        arguments(stack, "empty form", "alice", "application/x-www-form-urlencoded", "", 400),
                        arguments(stack, "text", "alice", "text/plain", VALID, 415),
                        arguments(stack, "no type", "alice", null, VALID, 415),
                        arguments(stack, "too long", "alice", "application/json", VALID + " ".repeat(17_000), 413),
                        arguments(
                                stack,
                                "form too long",
                                "alice",
                                "application/x-www-form-urlencoded",
                                "socket_id=123.456&channel_name=" + "a".repeat(17_000),
                                413)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void refusalsHaveProblemDetails(Stack stack, String reason, String user, String type, String body, int status)
            throws Exception {
        HttpResponse<String> response = post(stack, user, type, body.getBytes(UTF_8));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body()).contains("\"status\":" + status).doesNotContain("lsk_");
    }

    /** Jetty closes the connection of a request whose body has not been read. */
    @ParameterizedTest
    @EnumSource
    void theClientReceivesTheResponseToABodyThatIsTooLong(Stack stack) throws Exception {
        byte[] tooLong = (VALID + " ".repeat(100_000)).getBytes(UTF_8);
        for (int i = 0; i < 25; i++) {
            assertThat(post(stack, "alice", "application/json", tooLong).statusCode())
                    .isEqualTo(413);
            assertThat(post(stack, "alice", "application/x-www-form-urlencoded", tooLong)
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    private static HttpResponse<String> postChunked(Stack stack, int length) throws Exception {
        HttpRequest.BodyPublisher chunked = HttpRequest.BodyPublishers.ofByteArrays(
                List.of(VALID.getBytes(UTF_8), " ".repeat(length).getBytes(UTF_8)));
        return send(request(APPLICATIONS.get(stack), "alice")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.fromPublisher(chunked)));
    }

    @ParameterizedTest
    @EnumSource
    void aChunkedBodyIsBoundedToo(Stack stack) throws Exception {
        assertThat(postChunked(stack, 20_000).statusCode()).isEqualTo(413);
    }

    /** Returns the start of a request that announces a body, and the lines that follow. */
    private static byte[] announcing(int length, String... following) {
        String head = String.join(
                "\r\n",
                "POST /auth HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: " + length,
                "Authorization: Basic " + Base64.getEncoder().encodeToString("alice:password".getBytes(UTF_8)));
        return (head + "\r\n" + String.join("\r\n", following)).getBytes(ISO_8859_1);
    }

    /** Some servers send status 100 in any case, and others only if the body is read. */
    @ParameterizedTest
    @EnumSource
    void aClientThatWaitsBeforeItSendsALongBodyReceivesTheRefusal(Stack stack) throws Exception {
        try (Socket client =
                new Socket("localhost", uri(APPLICATIONS.get(stack)).getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(announcing(17000, "Expect: 100-continue", "", ""));
            BufferedReader response = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));

            assertThat(response.lines()).anyMatch(line -> line.startsWith("HTTP/1.1 413"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatDoesNotSendTheLongBodyItAnnouncedReceivesTheRefusal(Stack stack) throws Exception {
        try (Socket client =
                new Socket("localhost", uri(APPLICATIONS.get(stack)).getPort())) {
            client.setSoTimeout(20_000);
            long begin = System.nanoTime();
            client.getOutputStream().write(announcing(100000, "", "0123456789"));
            BufferedReader response = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));

            assertThat(response.readLine()).startsWith("HTTP/1.1 413");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** Tomcat could close the connection of another client after a chunked body that was not read to its end. */
    @ParameterizedTest
    @EnumSource
    void aRejectedChunkedBodyLeavesTheConnectionsOfOthersOpen(Stack stack) throws Exception {
        for (int i = 0; i < 25; i++) {
            assertThat(subscribe(stack, "alice", "private-user-alice").statusCode())
                    .isEqualTo(200);
            assertThat(postChunked(stack, 20_000).statusCode()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource
    void mutatedBodiesAreRefused(Stack stack) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] body = MutatedBodies.of(VALID.replace("alice", "bob"), random);
            boolean json = random.nextBoolean();
            HttpResponse<String> response =
                    post(stack, "alice", json ? "application/json" : "application/x-www-form-urlencoded", body);

            assertThat(response.statusCode())
                    .as("seed %d, body %s", seed, new String(body, ISO_8859_1))
                    .isBetween(400, 499);
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherMethodsOnThePathBelongToTheApplication(Stack stack) throws Exception {
        HttpResponse<String> response =
                send(request(APPLICATIONS.get(stack), "alice").GET());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("a page of the application");
    }

    @ParameterizedTest
    @EnumSource
    void withModeRemoteTheServiceSigns(Stack stack) throws Exception {
        try (ConfigurableApplicationContext application = start(stack, "remote")) {
            HttpResponse<String> response = send(request(application, "alice")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(VALID)));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"auth\":\"lspc_of_the_service\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aControllerOfTheApplicationHasPrecedence(Stack stack) throws Exception {
        try (ConfigurableApplicationContext application = start(stack, "local", OwnController.class)) {
            assertThat(send(request(application, "alice").POST(HttpRequest.BodyPublishers.noBody()))
                            .body())
                    .isEqualTo("own");
        }
    }

    @Test
    void aRouterFunctionHasPrecedence() throws Exception {
        try (ConfigurableApplicationContext application = start(Stack.WEBFLUX, "local", OwnRoute.class)) {
            assertThat(send(request(application, "alice").POST(HttpRequest.BodyPublishers.noBody()))
                            .body())
                    .isEqualTo("own");
        }
    }

    @Test
    void authorizersOnWebFluxMayReturnAMono() throws Exception {
        assertThat(subscribe(Stack.WEBFLUX, "alice", "private-mono-alice").statusCode())
                .isEqualTo(200);
        assertThat(subscribe(Stack.WEBFLUX, "alice", "private-mono-bob").statusCode())
                .isEqualTo(403);
        assertThat(subscribe(Stack.WEBFLUX, "alice", "private-empty-alice").statusCode())
                .isEqualTo(403);
        assertThat(subscribe(Stack.WEBFLUX, "alice", "presence-mono-7").body()).contains("mono-member");
    }

    @Test
    void authorizersOnWebFluxMayHaveExchangeRequestAndPrincipalAsParameters() throws Exception {
        assertThat(subscribe(Stack.WEBFLUX, "alice", "private-exchange-1").statusCode())
                .isEqualTo(200);
    }

    @Test
    void methodSecurityOnWebFluxSeesTheUser() throws Exception {
        assertThat(subscribe(Stack.WEBFLUX, "alice", "private-admin-1").statusCode())
                .isEqualTo(403);
        assertThat(subscribe(Stack.WEBFLUX, "admin", "private-admin-1").statusCode())
                .isEqualTo(200);
    }

    @Test
    void authorizersOnWebFluxRunWhereBlockingIsAllowed() throws Exception {
        subscribe(Stack.WEBFLUX, "alice", "private-mono-alice");

        assertThat(ReactiveAuthorizers.THREADS).isNotEmpty().allMatch(thread -> thread.startsWith("boundedElastic-"));
    }

    /** The authorizers of both applications. */
    static class Authorizers {

        @ChannelAuthorizer("private-user-{name}")
        boolean own(Principal user, String name) {
            return user.getName().equals(name);
        }

        @ChannelAuthorizer("private-broken-{name}")
        boolean broken(String name) {
            throw new IllegalStateException("broken");
        }

        @ChannelAuthorizer("presence-room-{room}")
        PresenceMember room(Principal user, int room) {
            return PresenceMember.of(user.getName(), Map.of("room", room));
        }
    }

    /** Authorizers that need WebFlux. */
    static class ReactiveAuthorizers {

        static final List<String> THREADS = new CopyOnWriteArrayList<>();

        @ChannelAuthorizer("private-mono-{name}")
        Mono<Boolean> mono(Principal user, String name) {
            THREADS.add(Thread.currentThread().getName());
            return Mono.just(user.getName().equals(name)).delayElement(Duration.ofMillis(5));
        }

        @ChannelAuthorizer("private-empty-{name}")
        Mono<Boolean> empty(String name) {
            return Mono.empty();
        }

        @ChannelAuthorizer("presence-mono-{room}")
        Mono<PresenceMember> member(String room) {
            return Mono.just(PresenceMember.of("mono-member"));
        }

        @ChannelAuthorizer("private-exchange-{id}")
        boolean exchange(
                ServerWebExchange exchange,
                ServerHttpRequest request,
                ChannelSubscription subscription,
                @AuthenticationPrincipal UserDetails user,
                long id) {
            assertThat(exchange.getRequest().getId()).isEqualTo(request.getId());
            assertThat(subscription.request(ServerWebExchange.class)).isSameAs(exchange);
            assertThat(user.getUsername()).isEqualTo("alice");
            return id == 1;
        }

        @PreAuthorize("hasRole('ADMIN')")
        @ChannelAuthorizer("private-admin-{id}")
        public Mono<Boolean> admin(String id) {
            return Mono.just(true);
        }
    }

    @RestController
    static class Page {

        @GetMapping("/auth")
        String page() {
            return "a page of the application";
        }
    }

    @RestController
    static class OwnController {

        @PostMapping("/auth")
        String own() {
            return "own";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRoute {

        @Bean
        RouterFunction<ServerResponse> own() {
            return RouterFunctions.route()
                    .POST("/auth", request -> ServerResponse.ok().bodyValue("own"))
                    .build();
        }
    }

    private static List<UserDetails> users() {
        return Stream.of("alice", "admin")
                .map(name -> User.withUsername(name)
                        .password("password")
                        .roles(name.equals("admin") ? "ADMIN" : "USER")
                        .build())
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Authorizers.class, Page.class})
    static class ServletApplication {

        @Bean
        SecurityFilterChain rules(HttpSecurity http) {
            return http.authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                    .csrf(csrf -> csrf.disable())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager accounts() {
            return new InMemoryUserDetailsManager(users());
        }

        @Bean
        PasswordEncoder passwords() {
            return new PlainPasswords();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebFluxSecurity
    @EnableReactiveMethodSecurity
    @Import({Authorizers.class, ReactiveAuthorizers.class, Page.class})
    static class ReactiveApplication {

        @Bean
        SecurityWebFilterChain rules(ServerHttpSecurity http) {
            return http.authorizeExchange(rules -> rules.anyExchange().permitAll())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        MapReactiveUserDetailsService accounts() {
            return new MapReactiveUserDetailsService(users());
        }

        @Bean
        PasswordEncoder passwords() {
            return new PlainPasswords();
        }
    }
}
