package com.lattestream.spring.boot.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** With values that are always shown. */
class LatteStreamSanitizingAutoConfigurationTests {

    private static final String SECRET = "lsk_never_to_be_seen";

    private static final String OTHER_SECRET = "never_to_be_seen_either";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebMvcAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamWebhookAutoConfiguration.class,
                    LatteStreamSanitizingAutoConfiguration.class,
                    EnvironmentEndpointAutoConfiguration.class,
                    ConfigurationPropertiesReportEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*",
                    "management.endpoint.env.show-values=always",
                    "management.endpoint.configprops.show-values=always",
                    "lattestream.cluster=us1",
                    "lattestream.webhook.secrets=" + OTHER_SECRET + "," + SECRET);

    @Test
    void theEnvironmentDoesNotShowTheSecrets() {
        runner.withPropertyValues(
                        "the-secret=" + SECRET,
                        "lattestream.secret=${the-secret}",
                        "a-command-line=java -jar app.jar --lattestream.secret=" + SECRET)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "variables-systemEnvironment",
                                Map.of(
                                        "LATTESTREAM_SECRET",
                                        SECRET,
                                        "LATTESTREAM_WEBHOOK_SECRETS_0",
                                        OTHER_SECRET,
                                        "SPRING_APPLICATION_JSON",
                                        "{\"lattestream\":{\"secret\":\"" + SECRET + "\"}}"))))
                .run(context -> {
                    EnvironmentEndpoint endpoint = context.getBean(EnvironmentEndpoint.class);
                    assertHidden(endpoint.environment(null));
                    assertThat(endpoint.environmentEntry("lattestream.cluster")
                                    .getProperty()
                                    .getValue())
                            .isEqualTo("us1");
                    assertHidden(endpoint.environmentEntry("lattestream.secret"));
                });
    }

    @Test
    void theConfigurationPropertiesDoNotShowTheSecrets() {
        runner.withPropertyValues("lattestream.secret=" + SECRET)
                .run(context -> assertHidden(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                        .configurationProperties()));
    }

    private static void assertHidden(Object descriptor) {
        String json = JsonMapper.builder().build().writeValueAsString(descriptor);
        assertThat(json).contains("******").doesNotContain(SECRET, OTHER_SECRET);
    }
}
