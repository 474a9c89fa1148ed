package com.lattestream.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.spring.LatteStreamBrowserSettings;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application as the environment variables of the documentation start it. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceModeTests {

    @Test
    void withoutTheEngineTheApplicationConnectsToTheServiceAndThePageReceivesTheCluster() {
        try (ConfigurableApplicationContext application = start(Map.of(
                "LATTESTREAM_ENGINE_ENABLED", "false",
                "LATTESTREAM_SECRET", "lsk_of_the_service",
                "LATTESTREAM_CLUSTER", "us1",
                "LATTESTREAM_PUBLIC_KEY", "lspk_of_the_service"))) {
            assertThat(application.getBeanProvider(EmbeddedLatteStreamServer.class))
                    .isEmpty();
            assertThat(application.getBean(LatteStreamConnectionDetails.class).getSecret())
                    .isEqualTo("lsk_of_the_service");
            assertThat(application.getBean(ClientSettings.class).settings())
                    .isEqualTo(new LatteStreamBrowserSettings("lspk_of_the_service", "us1", null, true, "/auth"));
        }
    }

    @Test
    void withoutAPublicKeyTheApplicationDoesNotStart() {
        assertThatThrownBy(() -> start(Map.of(
                        "LATTESTREAM_ENGINE_ENABLED", "false",
                        "LATTESTREAM_SECRET", "lsk_of_the_service")))
                .rootCause()
                .hasMessageContaining("lattestream.public-key");
    }

    @Test
    void onceReadyTheCommandToTryIsLoggedWithTheRealPort(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start(Map.of())) {
            String url = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
            assertThat(output).containsOnlyOnce("Open " + url + " in a browser").containsOnlyOnce(url + "/messages");
        }
    }

    @Test
    void otherMachinesReachNeitherTheApplicationNorTheEngine() {
        try (ConfigurableApplicationContext application = start(Map.of())) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            int engine = application.getBean(EmbeddedLatteStreamServer.class).port();

            assertThat(isOpen("127.0.0.1", port)).isTrue();
            assertThat(isOpen("127.0.0.1", engine)).isTrue();
            // on Linux, another address of this machine, which a server that listens on all addresses accepts
            assertThat(isOpen("127.0.0.2", port)).isFalse();
            assertThat(isOpen("127.0.0.2", engine)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1, 200",
        "[::1], 200",
        "quickstart.example.org, 200",
        "attacker.example, 403",
        "localhost.attacker.example, 403",
        "127.0.0.1.attacker.example, 403"
    })
    void foreignHostNamesAreRefused(String host, int status) throws Exception {
        try (ConfigurableApplicationContext application = start(Map.of("QUICKSTART_HOSTS", "quickstart.example.org"))) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            for (String path : List.of("/", "/client-settings", "/actuator/lattestream")) {
                assertThat(statusOf(port, "GET " + path, "Host: " + host + ":" + port))
                        .as(path)
                        .isEqualTo(status);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, 200",
        "http://127.0.0.1, 200",
        "http://[::1]:3000, 200",
        "https://quickstart.example.org, 200",
        "https://attacker.example, 403",
        "http://localhost.attacker.example:8080, 403",
        "null, 403",
        "file://localhost, 403"
    })
    void pagesOfOtherSitesAreRefused(String origin, int status) throws Exception {
        try (ConfigurableApplicationContext application = start(Map.of("QUICKSTART_HOSTS", "quickstart.example.org"))) {
            int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            assertThat(statusOf(port, "POST /actuator/lattestream", "Host: localhost\r\nOrigin: " + origin))
                    .isEqualTo(status);
        }
    }

    /** Sends a request with headers that HTTP clients do not allow. */
    private static int statusOf(int port, String request, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String text = request + " HTTP/1.1\r\n" + headers + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }

    private static boolean isOpen(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException ex) {
            return false;
        }
    }

    private static ConfigurableApplicationContext start(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        return new SpringApplicationBuilder(QuickstartApplication.class)
                .environment(environment)
                .run("--server.port=0");
    }
}
