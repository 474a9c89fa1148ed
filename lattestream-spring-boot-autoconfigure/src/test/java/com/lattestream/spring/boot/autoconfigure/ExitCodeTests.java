package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.testsupport.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.Banner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Jobs that trigger events, do not wait for their futures, and end. */
@ExtendWith(OutputCaptureExtension.class)
class ExitCodeTests {

    private static final String UNREACHABLE = "localhost:1";

    private static final String ENABLED = "--lattestream.exit-code.enabled=true";

    private static ConfigurableApplicationContext run(Class<?> configuration, String endpoint, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--lattestream.secret=lsk_test_of_exit_codes",
                "--lattestream.endpoint=" + endpoint,
                "--lattestream.use-tls=false",
                "--lattestream.close-timeout=3s"));
        all.addAll(List.of(arguments));
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
    }

    @Test
    void eventsThatAnUnreachableServiceDidNotReceiveAreANonZeroCodeWithinTheCloseTimeout(CapturedOutput output) {
        ConfigurableApplicationContext job = run(Job.class, UNREACHABLE, ENABLED);
        job.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);

        long start = System.nanoTime();
        int code = SpringApplication.exit(job);

        assertThat(code).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(4500));
        assertThat(job.isActive()).isFalse();
        assertThat(output)
                .containsOnlyOnce("[exit_code] The exit code is 1, because 1 event(s) of client 'lattestream'")
                .doesNotContain("lsk_");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void theProcessEndsWithTheCode(boolean enabled, int code) throws Exception {
        Program job = Program.run(
                Path.of(""),
                Program.java(
                        "-cp",
                        // Surefire hides the classpath behind a jar
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ForkedJob.class.getName(),
                        "--lattestream.exit-code.enabled=" + enabled));

        assertThat(job.exitCode()).as(job.output()).isEqualTo(code);
    }

    @Test
    void eventsThatTheServiceReceivedAreTheCodeZero() {
        try (StubService service = StubService.start()) {
            ConfigurableApplicationContext job = run(Job.class, service.endpoint(), ENABLED);
            job.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);

            assertThat(SpringApplication.exit(job)).isZero();
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void eventsThatFailedBeforeTheEndCount() {
        try (StubService service = StubService.start().respondingWith(exchange -> StubService.respond(exchange, 400))) {
            ConfigurableApplicationContext job = run(Job.class, service.endpoint(), ENABLED);
            LatteStreamTemplate template = job.getBean(LatteStreamTemplate.class);
            assertThat(template.trigger("chat", "message", 1)).failsWithin(Duration.ofSeconds(10));
            service.respondingWith(exchange -> StubService.respond(exchange, 200));
            template.trigger("chat", "message", 2).join();

            assertThat(SpringApplication.exit(job)).isEqualTo(1);
        }
    }

    @Test
    void theEventsOfEachClientCount() {
        try (StubService service = StubService.start()) {
            ConfigurableApplicationContext job = run(JobWithSecondClient.class, service.endpoint(), ENABLED);
            job.getBean("second", LatteStreamClient.class).trigger("chat", "message", 1);

            assertThat(SpringApplication.exit(job)).isEqualTo(1);
        }
    }

    @Test
    void aCodeOfTheApplicationHasPrecedence() {
        ConfigurableApplicationContext job = run(JobWithCode.class, UNREACHABLE, ENABLED);
        job.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);

        assertThat(SpringApplication.exit(job)).isEqualTo(42);
    }

    @Test
    void aMockedClientIsTheCodeZero() {
        ConfigurableApplicationContext job = run(JobWithMock.class, UNREACHABLE, ENABLED);

        assertThat(SpringApplication.exit(job)).isZero();
    }

    @Test
    void unlessEnabledTheApplicationDecidesAlone() {
        ConfigurableApplicationContext job = run(Job.class, UNREACHABLE);
        job.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);

        assertThat(job.getBeansOfType(ExitCodeGenerator.class)).isEmpty();
        assertThat(SpringApplication.exit(job)).isZero();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(LatteStreamAutoConfiguration.class)
    static class Job {}

    /** As in the documentation: triggers, does not join, and ends. */
    static final class ForkedJob {

        public static void main(String[] arguments) {
            ConfigurableApplicationContext job = run(Job.class, UNREACHABLE, arguments);
            job.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);
            System.exit(SpringApplication.exit(job));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(LatteStreamAutoConfiguration.class)
    static class JobWithSecondClient {

        @Bean(defaultCandidate = false)
        LatteStreamClient second() {
            return LatteStreamClient.builder("lsk_test_of_the_second_client")
                    .endpoint(UNREACHABLE)
                    .useTls(false)
                    .closeTimeout(Duration.ofSeconds(1))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(LatteStreamAutoConfiguration.class)
    static class JobWithCode {

        @Bean
        @Order(0)
        ExitCodeGenerator code() {
            return () -> 42;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(LatteStreamAutoConfiguration.class)
    static class JobWithMock {

        @Bean
        LatteStreamClient client() {
            return mock();
        }
    }
}
