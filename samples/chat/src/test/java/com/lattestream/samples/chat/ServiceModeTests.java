package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.samples.chat.browser.ClientSettings;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
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

    @Test
    void withASecretItTalksToTheServiceAndThePageToo() {
        try (ConfigurableApplicationContext application = start(Map.of(
                "LATTESTREAM_SECRET", "lsk_of_the_service",
                "LATTESTREAM_KEY", "lspk_of_the_service",
                "LATTESTREAM_CLUSTER", "us1"))) {
            assertThat(application.getBeanProvider(EmbeddedLatteStreamServer.class))
                    .isEmpty();
            assertThat(application.getBean(LatteStreamConnectionDetails.class).getSecret())
                    .isEqualTo("lsk_of_the_service");
            ClientSettings settings = application.getBean(ClientSettings.class);
            assertThat(settings).isEqualTo(new ClientSettings("lspk_of_the_service", "us1", null));
            assertThat(settings.securityPolicy())
                    .contains("connect-src 'self' https://*.lattestream.com wss://*.lattestream.com;");
        }
    }

    @Test
    void aSecretAloneDoesNotStartIt() {
        assertThatThrownBy(() -> start(Map.of("LATTESTREAM_SECRET", "lsk_of_the_service")))
                .rootCause()
                .hasMessageContaining("Set LATTESTREAM_KEY to the public key");
    }

    @Test
    void withoutASecretItStartsTheEngineAndSaysWhatToTry(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start(Map.of())) {
            EmbeddedLatteStreamServer engine = application.getBean(EmbeddedLatteStreamServer.class);
            String port = application.getEnvironment().getProperty("local.server.port");

            assertThat(application.getBean(ClientSettings.class).wsEndpoint()).isEqualTo(engine.endpoint());
            assertThat(engine.webhookUrl()).hasValue("http://localhost:" + port + "/webhooks/lattestream");
            assertThat(output).containsOnlyOnce("Open http://localhost:" + port + " and log in as Alice");
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
