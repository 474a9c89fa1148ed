package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractCharSequenceAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** No secret is in the console output or in the exception of an application that fails to start. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsInFailedStartsTests {

    private static final String HIDDEN = "0123456789";

    private static final String SECRET = "lsk_" + HIDDEN;

    private static final String WEBHOOK_SECRET = "whsec_" + HIDDEN;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGapInTheWebhookSecrets(boolean debug, CapturedOutput output) {
        start(output, debug, "--lattestream.webhook.secrets[1]=" + WEBHOOK_SECRET);
        assertAnalysis(output, "lattestream.webhook.secrets[1]", "numbered from 0 without gaps")
                .contains("Value: (not shown)");
    }

    @Test
    void aGapInTheWebhookSecretsOfTheEnvironment(CapturedOutput output) {
        SpringApplication application = application().build();
        application.addInitializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("LATTESTREAM_WEBHOOK_SECRETS_1", WEBHOOK_SECRET))));
        assertHidden(output, catchThrowable(() -> application.run("--lattestream.secret=" + SECRET)));
        assertAnalysis(output, "lattestream.webhook.secrets[1]", "numbered from 0 without gaps")
                .contains("LATTESTREAM_WEBHOOK_SECRETS_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " ", "\t", "\u00a0", "\u200b", "\ufeff"})
    void aWebhookSecretWithAnInvisibleCharacter(String invisible, CapturedOutput output) {
        start(
                output,
                false,
                "--lattestream.webhook.secrets[0]=" + WEBHOOK_SECRET,
                "--lattestream.webhook.secrets[1]=" + WEBHOOK_SECRET + invisible);
        assertAnalysis(output, "lattestream.webhook.secrets[1]", "must not have white space")
                .contains("Value: (not shown)");
    }

    @Test
    void anEmptyWebhookSecret(CapturedOutput output) {
        start(output, false, "--lattestream.webhook.secrets[0]=" + WEBHOOK_SECRET, "--lattestream.webhook.secrets[1]=");
        assertAnalysis(output, "lattestream.webhook.secrets[1]", "must not be null or empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lattestream.timeout",
                "lattestream.use-tls",
                "lattestream.mode",
                "lattestream.batching.size",
                "lattestream.batching.max-queued-bytes",
                "lattestream.retry.ambiguous",
                "lattestream.circuit-breaker.enabled",
                "lattestream.engine.port",
                "lattestream.auth.mode",
                "lattestream.auth.path",
                "lattestream.webhook.path",
                "lattestream.webhook.max-body-size",
                "lattestream.webhook.read-timeout",
                "lattestream.webhook.max-unverified-bodies",
                "lattestream.webhook.replay-guard",
                "lattestream.endpoint",
                "lattestream.cluster",
                "lattestream.ssl.bundle"
            })
    void aSecretInThePlaceOfAnotherValue(String property, CapturedOutput output) {
        start(output, true, "--" + property + "=" + SECRET + " with more");
        assertAnalysis(output, property, "Reason: ").contains("Value: (not shown)");
    }

    @Test
    void aSecretThatAPlaceholderPutsInThePlaceOfAnotherValue(CapturedOutput output) {
        start(output, true, "--my.password=" + WEBHOOK_SECRET, "--lattestream.timeout=${my.password}");
        assertAnalysis(output, "lattestream.timeout", "cannot be converted to java.time.Duration")
                .contains("Value: \"${my.password}\"");
    }

    @ParameterizedTest
    @CsvSource({
        "lattestream.timeout, soon, cannot be converted to java.time.Duration",
        "lattestream.mode, both, 'must be one of [log, none, remote]'"
    })
    void otherValuesAreShown(String property, String value, String reason, CapturedOutput output) {
        start(output, false, "--" + property + "=" + value);
        assertAnalysis(output, property, reason).contains("Value: \"" + value + "\"");
    }

    @Test
    void failedBindingsOfTheApplicationAreShownAsEver(CapturedOutput output) {
        start(output, false, "--server.tomcat.threads.max=many");
        assertThat(output).contains("'server.tomcat.threads.max'").contains("Value: \"many\"");
    }

    private static AbstractCharSequenceAssert<?, ?> assertAnalysis(
            CapturedOutput output, String property, String reason) {
        return assertThat((CharSequence) output)
                .contains("APPLICATION FAILED TO START")
                .contains("Property: " + property + System.lineSeparator())
                .contains(reason);
    }

    private static void start(CapturedOutput output, boolean debug, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--lattestream.secret=" + SECRET);
        if (debug) {
            all.add("--debug");
        }
        assertHidden(output, catchThrowable(() -> application().run(all.toArray(String[]::new))));
    }

    private static void assertHidden(CapturedOutput output, Throwable failure) {
        assertThat(failure).isNotNull();
        StringWriter stackTrace = new StringWriter();
        failure.printStackTrace(new PrintWriter(stackTrace, true));
        assertThat(stackTrace.toString()).doesNotContain(HIDDEN);
        assertThat((CharSequence) output).doesNotContain(HIDDEN);
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .properties("server.port=0", "lattestream.use-tls=false", "lattestream.endpoint=localhost:1");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
