package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.lattestream.spring.boot.autoconfigure.engine.LatteStreamEngineAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.Map;
import org.assertj.core.api.AbstractCharSequenceAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

/** The messages of failed starts because of invalid configuration. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void noSecret(String blank, CapturedOutput output) {
        start("--lattestream.secret=" + blank);
        assertAnalysis(output, "the property 'lattestream.secret' is not set, or empty")
                .contains("LATTESTREAM_SECRET")
                .contains("com.lattestream:lattestream-test")
                .contains("lattestream.engine.enabled=true");
    }

    @ParameterizedTest
    @CsvSource({
        "lspk_0123456789, a public key",
        "lspc_0123456789, a client token",
        "0123456789, another prefix",
        "'lsk_0123456789\n', line break"
    })
    void aSecretThatIsNone(String secret, String reason, CapturedOutput output) {
        start("--lattestream.secret=" + secret);
        assertAnalysis(output, "Property: lattestream.secret")
                .contains("Value: (not shown)")
                .contains("Origin: \"lattestream.secret\" from property source \"commandLineArgs\"")
                .contains(reason)
                .contains("LATTESTREAM_SECRET")
                .doesNotContain("0123456789");
    }

    @Test
    void aSecretOfTheEnvironmentThatIsNone(CapturedOutput output) {
        SpringApplication application = application().build();
        application.addInitializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("LATTESTREAM_SECRET", "lspk_0123456789"))));
        assertThatException().isThrownBy(application::run);
        assertAnalysis(output, "Property: lattestream.secret")
                .contains("Origin: \"LATTESTREAM_SECRET\" from property source \"systemEnvironment\"")
                .doesNotContain("0123456789");
    }

    @ParameterizedTest
    @CsvSource({
        "lattestream.endpoint, https://eu1.lattestream.com, must not have a scheme",
        "lattestream.endpoint, no host, must be host[:port][/base]",
        "lattestream.cluster, eu1.lattestream.com, must be a name such as eu1",
        "lattestream.batching.size, 0, must be at least 1",
        "lattestream.timeout, -5s, must be longer than zero",
        "lattestream.ssl.bundle, absent, cannot be found"
    })
    void aValueThatCannotBe(String property, String value, String reason, CapturedOutput output) {
        start("--lattestream.secret=lsk_0123456789", "--" + property + "=" + value);
        assertAnalysis(output, "Property: " + property)
                .contains("Value: \"" + value + "\"")
                .contains(reason)
                .contains("Correct the value of '" + property + "'")
                .doesNotContain("0123456789");
    }

    @Test
    void aSecretInTheWrongPlaceIsNotShown(CapturedOutput output) {
        start("--lattestream.secret=lsk_x", "--lattestream.cluster=lsk_0123456789");
        assertAnalysis(output, "Property: lattestream.cluster")
                .contains("Value: (not shown)")
                .doesNotContain("0123456789");
    }

    @Test
    void aValueThatIsNoDuration(CapturedOutput output) {
        start("--lattestream.secret=lsk_0123456789", "--lattestream.timeout=soon");
        assertAnalysis(output, "Property: lattestream.timeout").doesNotContain("0123456789");
    }

    @Test
    void anEnginePortThatIsNone(CapturedOutput output) {
        start("--lattestream.engine.enabled=true", "--lattestream.engine.port=70000");
        assertAnalysis(output, "Property: lattestream.engine.port").contains("Value: \"70000\"");
    }

    @Test
    void anEnginePortInUse(CapturedOutput output) {
        try (EmbeddedLatteStreamServer other =
                EmbeddedLatteStreamServer.builder().start()) {
            start("--lattestream.engine.enabled=true", "--lattestream.engine.port=" + other.port());
            assertAnalysis(output, "Property: lattestream.engine.port")
                    .contains("Value: \"" + other.port() + "\"")
                    .contains("in use");
        }
    }

    @Test
    void anAllowedOriginOfTheEngineThatIsNone(CapturedOutput output) {
        start("--lattestream.engine.enabled=true", "--lattestream.engine.allowed-origins=https://a.example,b.example");
        assertAnalysis(output, "Property: lattestream.engine.allowed-origins").contains("'b.example'");
    }

    @Test
    void anEngineThatIsNotOnTheClassPath(CapturedOutput output) {
        ClassLoader without = new FilteredClassLoader("com.lattestream.test");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(without);
        try {
            assertThatException()
                    .isThrownBy(() -> application()
                            .resourceLoader(new DefaultResourceLoader(without))
                            .run("--lattestream.secret=lsk_0123456789", "--lattestream.engine.enabled=true"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertAnalysis(output, "The local LatteStream engine is enabled")
                .contains("add the dependency com.lattestream:lattestream-test")
                .contains("'embeddable'");
    }

    private static AbstractCharSequenceAssert<?, ? extends CharSequence> assertAnalysis(
            CapturedOutput output, String description) {
        return assertThat((CharSequence) output)
                .contains("APPLICATION FAILED TO START")
                .contains("Description:")
                .contains(description)
                .contains("Action:")
                .doesNotContain("\tat ");
    }

    private static void start(String... arguments) {
        assertThatException().isThrownBy(() -> application().run(arguments));
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SslAutoConfiguration.class,
        LatteStreamEngineAutoConfiguration.class,
        LatteStreamAutoConfiguration.class
    })
    static class Application {}
}
