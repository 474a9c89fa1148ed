package com.lattestream.spring.boot.autoconfigure.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.spring.MutatedBodies;
import com.lattestream.spring.PlainPasswords;
import com.lattestream.spring.RequestsInFlight;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Access to channels: through a real port, with Spring Security, both ways of signing, and both kinds of bodies. */
class ChannelAuthorizationTests {

    private static final String SECRET = "lsk_test_of_the_authorization";

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> serviceRequests = new CopyOnWriteArrayList<>();

    private static final Map<String, ConfigurableApplicationContext> applications = new HashMap<>();

    private static HttpServer service;

    @BeforeAll
    static void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/auth", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            serviceRequests.add(body);
            JsonNode request = JSON.readTree(body);
            Map<String, Object> response = new HashMap<>(Map.of("auth", "lspc_of_the_service"));
            if (request.has("channel_data")) {
                response.put("channel_data", request.path("channel_data").toString());
            }
            byte[] bytes = JSON.writeValueAsBytes(response);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
        for (String mode : List.of("remote", "local")) {
            applications.put(
                    mode,
                    new SpringApplicationBuilder(Application.class)
                            .bannerMode(Banner.Mode.OFF)
                            .run(
                                    "--server.port=0",
                                    "--lattestream.secret=" + SECRET,
                                    "--lattestream.endpoint=localhost:"
                                            + service.getAddress().getPort(),
                                    "--lattestream.use-tls=false",
                                    "--lattestream.auth.mode=" + mode));
        }
    }

    @AfterAll
    static void stop() {
        applications.values().forEach(ConfigurableApplicationContext::close);
        service.stop(0);
    }

    static Stream<Arguments> matrix() {
        // the channel, and the statuses for anonymous, alice and bob
        List<Object[]> expected = List.of(
                new Object[] {"chat", 403, 400, 400},
                new Object[] {"private-user-alice", 403, 200, 403},
                new Object[] {"private-user-bob", 403, 403, 200},
                new Object[] {"presence-room-1", 403, 200, 200},
                new Object[] {"presence-room-one", 403, 403, 403},
                new Object[] {"presence-staff", 403, 200, 403},
                new Object[] {"private-unmatched", 403, 403, 403},
                new Object[] {"private-throws", 403, 403, 403},
                new Object[] {"not a channel", 403, 400, 400});
        String[] users = {"", "alice", "bob"};
        List<Arguments> matrix = new ArrayList<>();
        for (Object[] row : expected) {
            for (int user = 0; user < users.length; user++) {
                for (String body : List.of("json", "form")) {
                    for (String mode : List.of("remote", "local")) {
                        matrix.add(Arguments.of(users[user], row[0], body, mode, row[user + 1]));
                    }
                }
            }
        }
        return matrix.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @MethodSource("matrix")
    void grantsAuthorizedUsersOnly(String user, String channel, String body, String mode, int status) throws Exception {
        serviceRequests.clear();

        HttpResponse<String> response = post(mode, user, body, Map.of("socket_id", "123.456", "channel_name", channel));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        boolean granted = status == 200;
        assertThat(serviceRequests).hasSize(granted && mode.equals("remote") ? 1 : 0);
        JsonNode json = JSON.readTree(response.body());
        assertThat(json.has("auth")).isEqualTo(granted);
        if (granted && mode.equals("local")) {
            assertThat(new ChannelSigner(SECRET)
                            .verify(
                                    json.path("auth").stringValue(),
                                    channel,
                                    json.path("channel_data").stringValue(null)))
                    .isTrue();
        }
        if (granted && channel.startsWith("presence-")) {
            assertThat(JSON.readTree(json.path("channel_data").stringValue())
                            .path("user_id")
                            .stringValue())
                    .isEqualTo(user);
        }
        assertThat(response.body()).doesNotContain(SECRET).doesNotContain("Exception");
    }

    @Test
    void aUserIdInTheRequestIsIgnored() throws Exception {
        for (String mode : List.of("remote", "local")) {
            for (String body : List.of("json", "form")) {
                HttpResponse<String> response = post(
                        mode,
                        "alice",
                        body,
                        Map.of(
                                "socket_id", "123.456",
                                "channel_name", "presence-room-1",
                                "channel_data", "{\"user_id\":\"bob\"}",
                                "user_id", "bob"));

                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).contains("alice").doesNotContain("bob");
            }
        }
    }

    @Test
    void otherMethodsOnThePathAreTheApplications() throws Exception {
        HttpResponse<String> page =
                HTTP.send(request("local", "alice", "text/plain").GET().build(), HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("the application's page");
    }

    @Test
    void aBodyThatIsTooLongIsNotReadToItsEnd() throws Exception {
        byte[] body =
                (" ".repeat(20_000) + "{\"socket_id\":\"1.1\",\"channel_name\":\"private-user-bob\"}").getBytes(UTF_8);
        for (HttpRequest.BodyPublisher publisher : List.of(
                HttpRequest.BodyPublishers.ofByteArray(body),
                // in chunks, as its length is not known
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            HttpRequest request =
                    request("local", "bob", "application/json").POST(publisher).build();

            assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }

    /** Random bytes, and valid requests with some changed, cause no errors and grant no access. */
    @Test
    void aThousandMutatedBodiesGrantNoAccess() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (RequestsInFlight requests = new RequestsInFlight(HTTP)) {
            for (int i = 0; i < 1_000; i++) {
                boolean json = random.nextBoolean();
                byte[] body = MutatedBodies.of(
                        json
                                ? "{\"socket_id\":\"123.456\",\"channel_name\":\"private-user-alice\"}"
                                : "socket_id=123.456&channel_name=private-user-alice",
                        random);
                requests.send(
                        request("local", "bob", json ? "application/json" : FORM)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        status -> assertThat(status)
                                .as("seed %d, body %s", seed, new String(body, ISO_8859_1))
                                .isBetween(400, 499));
            }
        }
    }

    private static HttpResponse<String> post(String mode, String user, String body, Map<String, String> fields)
            throws IOException, InterruptedException {
        boolean json = body.equals("json");
        HttpRequest request = request(mode, user, json ? "application/json" : FORM)
                .POST(HttpRequest.BodyPublishers.ofString(json ? JSON.writeValueAsString(fields) : form(fields)))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String mode, String user, String contentType) {
        int port = ((WebServerApplicationContext) applications.get(mode))
                .getWebServer()
                .getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/auth"))
                .header("Content-Type", contentType);
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":password").getBytes(UTF_8)));
        }
        return request;
    }

    private static String form(Map<String, String> fields) {
        return String.join(
                "&",
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                        .toList());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Authorizers.class)
    static class Application {

        // all requests reach the endpoint, whose own decisions are the subject of this test
        @Bean
        SecurityFilterChain basic(HttpSecurity http) {
            return http.csrf(CsrfConfigurer::disable)
                    .httpBasic(Customizer.withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        // of a mapping that comes after that of controllers
        @Bean("/auth")
        HttpRequestHandler page() {
            return (request, response) -> response.getWriter().write("the application's page");
        }

        @Bean
        PasswordEncoder plain() {
            return new PlainPasswords();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice")
                            .password("password")
                            .roles("STAFF")
                            .build(),
                    User.withUsername("bob").password("password").build());
        }
    }

    static class Authorizers {

        @ChannelAuthorizer("private-user-{name}")
        boolean own(@AuthenticationPrincipal UserDetails user, String name) {
            return user.getUsername().equals(name);
        }

        @ChannelAuthorizer("presence-room-{room}")
        PresenceMember room(Principal user, int room) {
            return PresenceMember.of(user.getName());
        }

        @ChannelAuthorizer("presence-staff")
        boolean staff(Authentication user) {
            return user.getAuthorities().stream().anyMatch(authority -> "ROLE_STAFF".equals(authority.getAuthority()));
        }

        @ChannelAuthorizer("private-throws")
        boolean broken() {
            throw new IllegalStateException(SECRET);
        }
    }
}
