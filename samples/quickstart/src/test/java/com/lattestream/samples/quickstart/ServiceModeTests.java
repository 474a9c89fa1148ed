package com.lattestream.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.samples.quickstart.ClientSettings.Settings;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
    void withoutTheEngineItTalksToTheServiceAndThePageLearnsTheCluster() {
        try (ConfigurableApplicationContext application = start(Map.of(
                "LATTESTREAM_ENGINE_ENABLED", "false",
                "LATTESTREAM_SECRET", "lsk_of_the_service",
                "LATTESTREAM_CLUSTER", "us1",
                "QUICKSTART_PUBLIC_KEY", "lspk_of_the_service"))) {
            assertThat(application.getBeanProvider(EmbeddedLatteStreamServer.class))
                    .isEmpty();
            assertThat(application.getBean(LatteStreamConnectionDetails.class).getSecret())
                    .isEqualTo("lsk_of_the_service");
            assertThat(application.getBean(ClientSettings.class).settings())
                    .isEqualTo(new Settings("lspk_of_the_service", null, "us1"));
        }
    }

    @Test
    void withoutAPublicKeyThePageIsGivenNone() {
        try (ConfigurableApplicationContext application = start(Map.of(
                "LATTESTREAM_ENGINE_ENABLED", "false",
                "LATTESTREAM_SECRET", "lsk_of_the_service"))) {
            assertThat(application.getBean(ClientSettings.class).settings()).isEqualTo(new Settings(null, null, "eu1"));
        }
    }

    @Test
    void onceReadyItSaysWhatToTryWithTheRealPort(CapturedOutput output) {
        try (ConfigurableApplicationContext application = start(Map.of())) {
            String url = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
            assertThat(output).containsOnlyOnce("Open " + url + " in a browser").containsOnlyOnce(url + "/messages");
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
