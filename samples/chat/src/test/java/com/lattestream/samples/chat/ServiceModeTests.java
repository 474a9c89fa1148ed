package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.samples.chat.account.Accounts;
import com.lattestream.samples.chat.browser.ChatProperties;
import com.lattestream.samples.chat.browser.ContentSecurityPolicy;
import com.lattestream.spring.LatteStreamBrowserSettings;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application as the environment variables of the documentation start it. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceModeTests {

    private static final Map<String, Object> SERVICE = Map.of(
            "LATTESTREAM_SECRET", "lsk_of_the_service",
            "LATTESTREAM_PUBLIC_KEY", "lspk_of_the_service",
            "LATTESTREAM_CLUSTER", "us1");

    @Test
    void withASecretTheApplicationAndThePageConnectToTheService() {
        try (ConfigurableApplicationContext application = start(SERVICE)) {
            assertThat(application.getBeanProvider(EmbeddedLatteStreamServer.class))
                    .isEmpty();
            assertThat(application.getBean(LatteStreamConnectionDetails.class).getSecret())
                    .isEqualTo("lsk_of_the_service");
            LatteStreamBrowserSettings settings = application.getBean(LatteStreamBrowserSettings.class);
            assertThat(settings)
                    .isEqualTo(new LatteStreamBrowserSettings("lspk_of_the_service", "us1", null, true, "/auth"));
            assertThat(ContentSecurityPolicy.of(settings))
                    .contains("connect-src 'self' https://*.lattestream.com wss://*.lattestream.com;");
        }
    }

    @Test
    void aSecretAloneDoesNotStartIt() {
        assertThatThrownBy(() -> start(Map.of("LATTESTREAM_SECRET", "lsk_of_the_service")))
                .rootCause()
                .hasMessageContaining("lattestream.public-key");
    }

    @Test
    void withoutASecretTheEngineStartsAndACommandToTryIsLogged(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start(Map.of())) {
            EmbeddedLatteStreamServer engine = application.getBean(EmbeddedLatteStreamServer.class);
            String port = application.getEnvironment().getProperty("local.server.port");

            assertThat(application.getBean(LatteStreamBrowserSettings.class).endpoint())
                    .isEqualTo(engine.endpoint());
            assertThat(engine.webhookUrl()).hasValue("http://localhost:" + port + "/webhooks/lattestream");
            assertThat(output).containsOnlyOnce("Open http://localhost:" + port + " and log in as Alice");
            assertThat(demoAccounts(application)).isEqualTo("[\"Alice\",\"Bob\"]");
        }
    }

    @Test
    void withTheServiceThereAreNoDemoAccounts(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start(SERVICE)) {
            assertThat(demoAccounts(application)).isEqualTo("[]");
            assertThat(application.getBean(Accounts.class).find("Alice")).isEmpty();
            assertThat(application.getBean(Accounts.class).find("Bob")).isEmpty();
            assertThat(output).contains(" and sign up.").doesNotContain("latte\"");
        }
    }

    @Test
    void onceOtherMachinesCanReachItThereAreNoDemoAccounts() throws Exception {
        try (ConfigurableApplicationContext application = start(Map.of("SERVER_ADDRESS", "0.0.0.0"))) {
            assertThat(demoAccounts(application)).isEqualTo("[]");
            assertThat(application.getBean(Accounts.class).find("Alice")).isEmpty();
        }
    }

    @Test
    void otherMachinesReachNeitherTheChatNorTheEngine() throws Exception {
        try (ConfigurableApplicationContext application = start(Map.of())) {
            int chat = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            int engine = application.getBean(EmbeddedLatteStreamServer.class).port();

            assertThat(isOpen("127.0.0.1", chat)).isTrue();
            assertThat(isOpen("127.0.0.1", engine)).isTrue();
            // on Linux, another address of this machine, which a server that listens on all addresses accepts
            assertThat(isOpen("127.0.0.2", chat)).isFalse();
            assertThat(isOpen("127.0.0.2", engine)).isFalse();
        }
    }

    @Test
    void itIsReachedUnderAnotherNameOnlyIfTheNameIsConfigured() {
        try (ConfigurableApplicationContext application = start(Map.of("CHAT_HOSTS", "chat.example.org"))) {
            ChatProperties properties = application.getBean(ChatProperties.class);
            assertThat(properties.isOwnHost("chat.example.org")).isTrue();
            assertThat(properties.isOwnHost("localhost")).isTrue();
            assertThat(properties.isOwnHost("attacker.example")).isFalse();
        }
    }

    private static String demoAccounts(ConfigurableApplicationContext application) throws Exception {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        URI uri = URI.create("http://localhost:" + port + "/api/accounts/demo");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
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
        SpringApplication application = ChatApplication.create();
        application.setEnvironment(environment);
        return application.run("--server.port=0");
    }
}
