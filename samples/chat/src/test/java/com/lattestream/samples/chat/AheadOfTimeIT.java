package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.util.ClassUtils;

/**
 * The application, processed ahead of time without a secret: the mode and the engine are those with which it is started.
 */
@ExtendWith(OutputCaptureExtension.class)
class AheadOfTimeIT {

    private final CookieManager cookies = new CookieManager();

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private final EmbeddedLatteStreamServer service =
            EmbeddedLatteStreamServer.builder().start();

    @BeforeEach
    void runProcessed() {
        assumeTrue(
                ClassUtils.isPresent(ChatApplication.class.getName() + "__ApplicationContextInitializer", null),
                "The application is processed by mvn verify");
        SpringProperties.setFlag(AotDetector.AOT_ENABLED);
    }

    @AfterEach
    void stop() {
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
        service.close();
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        SpringApplication application = ChatApplication.create();
        application.setMainApplicationClass(ChatApplication.class);
        List<String> all = new ArrayList<>(List.of("--server.port=0"));
        all.addAll(List.of(arguments));
        return application.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote", "log", "none"})
    void theEngineIsUsedInEachMode(String mode) throws Exception {
        try (ConfigurableApplicationContext application = start("--lattestream.mode=" + mode)) {
            int port = port(application);
            assertThatUsersAreAuthorized(port);
            assertThat(get(port, "/api/session").body()).contains("\"endpoint\":\"localhost:");
            assertThat(get(port, "/api/accounts/demo").body()).contains("Alice");
        }
    }

    @Test
    void theServiceIsUsedWithASecret() throws Exception {
        try (ConfigurableApplicationContext application = startWithTheService("remote")) {
            assertThatUsersAreAuthorized(port(application));
            assertThat(service.requests())
                    .anySatisfy(request -> assertThat(request.path()).endsWith("/auth"));
            assertThat(get(port(application), "/api/accounts/demo").body()).isEqualTo("[]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "none"})
    void nothingIsSentInTheOtherModes(String mode, CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = startWithTheService(mode)) {
            assertThatUsersAreAuthorized(port(application));
            assertThat(service.requests()).isEmpty();
            assertThat(get(port(application), "/api/accounts/demo").body()).isEqualTo("[]");
            assertThat(output).contains("'lattestream.mode' is " + mode);
        }
    }

    private ConfigurableApplicationContext startWithTheService(String mode) {
        return start(
                "--lattestream.mode=" + mode,
                "--lattestream.secret=" + service.secret(),
                "--lattestream.endpoint=" + service.endpoint(),
                "--lattestream.use-tls=false",
                "--lattestream.public-key=" + service.publicKey());
    }

    private void assertThatUsersAreAuthorized(int port) throws Exception {
        assertThat(authorize(port, "private-user-Carol").statusCode()).isEqualTo(403);
        assertThat(post(port, "/api/accounts", "application/json", "{\"name\":\"Carol\",\"password\":\"a password\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(port, "/login", "application/x-www-form-urlencoded", "username=Carol&password=a+password")
                        .statusCode())
                .isEqualTo(204);

        HttpResponse<String> authorized = authorize(port, "private-user-Carol");
        assertThat(authorized.body()).startsWith("{\"auth\":\"");
        assertThat(authorized.statusCode()).isEqualTo(200);
        assertThat(authorize(port, "private-user-Dan").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> authorize(int port, String channel) throws Exception {
        return post(port, "/auth", "application/json", "{\"socket_id\":\"1.2\",\"channel_name\":\"" + channel + "\"}");
    }

    private HttpResponse<String> post(int port, String path, String type, String body) throws Exception {
        // sets the cookie with the CSRF token, which the login replaces
        get(port, "/api/accounts/demo");
        String token = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
        return http.send(
                HttpRequest.newBuilder(uri(port, path))
                        .header("Content-Type", type)
                        .header("X-XSRF-TOKEN", token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(port, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
