package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamEndpointAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamHealthContributorAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamInfoContributorAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamMetricsAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamObservationAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamSanitizingAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamReactiveAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.broadcast.LatteStreamBroadcastAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.engine.LatteStreamEngineAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.engine.LatteStreamEngineWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamReactiveWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Applications without some of the optional libraries of the auto-configurations. */
class MissingClassesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.boot.health",
                "org.springframework.boot.actuate",
                "io.micrometer",
                "io.micrometer.observation",
                "io.micrometer.context",
                "io.github.resilience4j.micrometer",
                "reactor",
                "org.springframework.web",
                "jakarta.servlet",
                "org.springframework.security",
                "org.springframework.transaction"
            })
    void anApplicationStartsWithout(String missing) {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("lattestream.secret=lsk_test_of_missing_classes")
                .withClassLoader(new FilteredClassLoader(missing))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(LatteStreamClient.class));
    }

    @Test
    void everyAutoConfigurationIsTried() {
        List<String> tried = Arrays.stream(Application.class
                        .getAnnotation(ImportAutoConfiguration.class)
                        .value())
                .map(Class::getName)
                .toList();

        assertThat(StreamSupport.stream(
                                ImportCandidates.load(AutoConfiguration.class, null)
                                        .spliterator(),
                                false)
                        .filter(name -> name.startsWith("com.lattestream.")))
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    // as in an application, those whose classes are missing are left out before they are looked at
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        LatteStreamAutoConfiguration.class,
        LatteStreamReactiveAutoConfiguration.class,
        LatteStreamHealthContributorAutoConfiguration.class,
        LatteStreamMetricsAutoConfiguration.class,
        LatteStreamObservationAutoConfiguration.class,
        LatteStreamEndpointAutoConfiguration.class,
        LatteStreamInfoContributorAutoConfiguration.class,
        LatteStreamSanitizingAutoConfiguration.class,
        LatteStreamAuthAutoConfiguration.class,
        LatteStreamReactiveAuthAutoConfiguration.class,
        LatteStreamBroadcastAutoConfiguration.class,
        LatteStreamWebhookAutoConfiguration.class,
        LatteStreamReactiveWebhookAutoConfiguration.class,
        LatteStreamEngineAutoConfiguration.class,
        LatteStreamEngineWebhookAutoConfiguration.class
    })
    static class Application {}
}
