package com.lattestream.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.actuate.LatteStreamHealthIndicator;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamHealthContributorAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.engine.LatteStreamEngineAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.util.RawValue;

/** {@code lattestream.mode}: environments that send nothing. */
@ExtendWith(OutputCaptureExtension.class)
class LatteStreamModeTests {

    private static final String SECRET = "lsk_test_of_the_mode";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    LatteStreamEngineAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamAuthAutoConfiguration.class,
                    LatteStreamWebhookAutoConfiguration.class,
                    LatteStreamHealthContributorAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class));

    private final WebApplicationContextRunner none = runner.withPropertyValues("lattestream.mode=none");

    @ParameterizedTest
    @ValueSource(strings = {"log", "none", "LOG"})
    void sendsNothingAndNeedsNoSecret(String mode, CapturedOutput output) {
        try (StubService service = StubService.start()) {
            runner.withPropertyValues(
                            "lattestream.mode=" + mode,
                            "lattestream.endpoint=" + service.endpoint(),
                            "lattestream.use-tls=false")
                    .run(context -> {
                        LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
                        assertThat(template.trigger("chat", "message", Map.of("text", "Hello")))
                                .isCompleted();
                        assertThat(template.getChannels(null)).isEmpty();
                        assertThat(context.getBean(LatteStreamClient.class)
                                        .statistics()
                                        .delivered())
                                .isEqualTo(1);
                    });
            assertThat(service.requests()).isEmpty();
        }
        assertThat(output).contains("'lattestream.mode' is " + mode.toLowerCase(Locale.ROOT));
    }

    @Test
    void logsEventsWithoutTheirData(CapturedOutput output) {
        runner.withPropertyValues("lattestream.mode=log").run(context -> {
            context.getBean(LatteStreamTemplate.class).trigger("chat", "message", Map.of("text", "Hello"));
        });
        assertThat(output)
                .containsOnlyOnce("event 'message' on chat, 16 characters of data")
                .doesNotContain("Hello");
    }

    @Test
    void doesNotLogEventsWhereTheyAreOnlyCounted(CapturedOutput output) {
        none.run(context ->
                context.getBean(LatteStreamTemplate.class).trigger("chat", "message", Map.of("text", "Hello")));
        assertThat(output).doesNotContain("'message'");
    }

    @Test
    void writesDataWithTheApplicationsMapper() {
        none.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> assertThat(context.getBean(LatteStreamClient.class)
                                .encode(Event.of("orders", "shipped", new Shipped(7)))
                                .data())
                        .isInstanceOfSatisfying(
                                RawValue.class,
                                json -> assertThat(json.rawValue()).isEqualTo("{\"order_number\":7}")));
    }

    @Test
    void aModeThatIsNoneStopsTheStart() {
        runner.withPropertyValues("lattestream.secret=" + SECRET, "lattestream.mode=mute")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("'lattestream.mode'")
                        .hasMessageContaining("[log, none, remote]"));
    }

    @Test
    void aSecretThatIsNoneStopsTheStartHereToo() {
        none.withPropertyValues("lattestream.secret=lspk_0123456789")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageNotContaining("0123456789")
                        .hasMessageContaining("public key"));
    }

    @Test
    void theUsersConnectionDetailsSignAndAreNotConnectedTo() {
        none.withBean(LatteStreamConnectionDetails.class, () -> () -> SECRET).run(context -> {
            LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
            assertThat(context.getBean(LatteStreamClient.class)).isInstanceOf(OfflineLatteStreamClient.class);
            assertThat(template.generateWebhookSignature(new byte[0])).isNotEmpty();
        });
    }

    @Test
    void theUsersClientWins() {
        none.withBean("mine", LatteStreamClient.class, () -> LatteStreamClient.create(SECRET))
                .run(context -> assertThat(context)
                        .hasBean("mine")
                        .getBean(LatteStreamClient.class)
                        .isNotInstanceOf(OfflineLatteStreamClient.class));
    }

    @Test
    void aRecordingTemplateReplacesTheTemplate() {
        none.withBean(RecordingLatteStreamTemplate.class).run(context -> {
            context.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);
            assertThat(context.getBean(RecordingLatteStreamTemplate.class).events())
                    .hasSize(1);
        });
    }

    @Test
    void aRecordingTemplatesClientNeedsNoMode() {
        runner.withBean(RecordingLatteStreamTemplate.class)
                .withBean(LatteStreamClient.class, () -> new RecordingLatteStreamTemplate().client())
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(LatteStreamTemplate.class)
                        .isInstanceOf(RecordingLatteStreamTemplate.class));
    }

    @Test
    void aLocalEngineWins() {
        none.withPropertyValues("lattestream.engine.enabled=true").run(context -> {
            context.getBean(LatteStreamTemplate.class)
                    .trigger("chat", "message", 1)
                    .join();
            assertThat(context.getBean(EmbeddedLatteStreamServer.class).events())
                    .hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void authorizesLocallyWithASecret(String authMode) {
        none.withPropertyValues(
                        "lattestream.secret=" + SECRET,
                        "lattestream.auth.mode=" + authMode,
                        "lattestream.auth.unmatched=authenticated")
                .run(context -> {
                    MockHttpServletResponse response = authorize(context.getBean(ChannelAuthorizationEndpoint.class));
                    String auth = new ChannelSigner(SECRET)
                            .authorizeChannel("1.2", "private-a")
                            .auth();
                    assertThat(response.getStatus()).isEqualTo(200);
                    assertThat(response.getContentAsString()).isEqualTo("{\"auth\":\"" + auth + "\"}");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void withoutASecretAuthorizationFailsAndTheReasonIsLogged(String authMode, CapturedOutput output) {
        none.withPropertyValues("lattestream.auth.mode=" + authMode, "lattestream.auth.unmatched=authenticated")
                .run(context -> assertThat(authorize(context.getBean(ChannelAuthorizationEndpoint.class))
                                .getStatus())
                        .isEqualTo(503));
        assertThat(output).contains("has no secret to sign with");
    }

    private static MockHttpServletResponse authorize(ChannelAuthorizationEndpoint endpoint) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/auth");
        request.setUserPrincipal(() -> "alice");
        request.setContentType("application/json");
        request.setContent("{\"socket_id\":\"1.2\",\"channel_name\":\"private-a\"}".getBytes(UTF_8));
        MockHttpServletResponse response = new MockHttpServletResponse();
        endpoint.authorize(request, response);
        return response;
    }

    @Test
    void webhooksAreVerifiedWithTheSecretAndWithoutOneAllRefused() {
        none.run(context -> assertThat(context).hasNotFailed().hasBean("latteStreamWebhookFilter"));
        none.withPropertyValues("lattestream.secret=" + SECRET).run(context -> {
            LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
            byte[] body = {1};
            assertThat(template.verifyWebhookSignature(body, template.generateWebhookSignature(body)))
                    .isTrue();
        });
    }

    @Test
    void healthIsUpAndShowsThatThereIsNoService() {
        none.run(context -> {
            context.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);
            Health health = context.getBean(LatteStreamHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("endpoint", "none")
                    .containsEntry("state", "idle")
                    .containsEntry("circuitBreaker", "disabled");
        });
    }

    record Shipped(long orderNumber) {}
}
