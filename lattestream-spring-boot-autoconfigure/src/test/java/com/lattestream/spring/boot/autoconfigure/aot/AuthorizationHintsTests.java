package com.lattestream.spring.boot.autoconfigure.aot;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamMetricsAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** The hints for a native image for the endpoint, authorizers and metrics. */
class AuthorizationHintsTests {

    private final RuntimeHints hints = process();

    @Test
    void theEndpointIsCalledByReflection() throws NoSuchMethodException {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(ChannelAuthorizationEndpoint.class.getMethod(
                                "authorize", HttpServletRequest.class, HttpServletResponse.class)))
                .accepts(hints);
    }

    @Test
    void theResponseIsWrittenAsJson() {
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ChannelAuthorization.class, "auth"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ChannelAuthorization.class, "channelData"))
                .accepts(hints);
    }

    @Test
    void authorizersAreCalledByReflection() {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(AotApplication.OrderChannels.class, "mayFollow"))
                .accepts(hints);
    }

    @Test
    void componentsAreRenamedForMetrics() {
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(CircuitBreaker.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Retry.class)).accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(CircuitBreaker.class, "getMetrics"))
                .accepts(hints);
    }

    private static RuntimeHints process() {
        try (GenericWebApplicationContext context = new GenericWebApplicationContext(new MockServletContext())) {
            AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(context);
            reader.register(
                    AotApplication.OrderChannels.class,
                    SimpleMeterRegistry.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamAuthAutoConfiguration.class,
                    LatteStreamMetricsAutoConfiguration.class);
            DefaultGenerationContext generation = new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("com.lattestream", "Application")),
                    new InMemoryGeneratedFiles());
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            return generation.getRuntimeHints();
        }
    }
}
