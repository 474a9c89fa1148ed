package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.junit.jupiter.SpringExtension;

@ExtendWith(SpringExtension.class)
@ContextConfiguration(classes = EmbeddedLatteStreamTests.Application.class)
@EmbeddedLatteStream
class EmbeddedLatteStreamTests {

    @Autowired
    private EmbeddedLatteStreamServer engine;

    @Autowired
    private ApplicationContext context;

    @Test
    void startsAnEngineForInjection() {
        assertThat(context.getBean(Endpoint.class).value()).isEqualTo(engine.endpoint());
        assertThat(SignedCall.trigger(engine, "chat", "message", "1").has("triggered"))
                .isTrue();
    }

    @Nested
    class InANestedClass {

        @Test
        void isTheSameEngine(@Autowired EmbeddedLatteStreamServer nested) {
            assertThat(nested).isSameAs(engine);
        }
    }

    @Test
    void sharesTheContextWithTestsOfTheSameKind() {
        assertThat(context(Alike.class)).isSameAs(context);
        assertThat(context(Inheriting.class)).isSameAs(context);
        assertThat(context(Composed.class)).isSameAs(context);
    }

    @Test
    void startsAnotherEngineForAnotherContext() {
        ApplicationContext other = context(Different.class);

        assertThat(other).isNotSameAs(context);
        assertThat(other.getBean(EmbeddedLatteStreamServer.class).port()).isNotEqualTo(engine.port());
    }

    @Test
    void startsNoEngineWithoutTheAnnotation() {
        ApplicationContext without = context(Without.class);

        assertThat(without.getBeanProvider(EmbeddedLatteStreamServer.class).getIfAvailable())
                .isNull();
    }

    @Test
    void listensOnTheGivenPort() {
        int free;
        try (EmbeddedLatteStreamServer before =
                EmbeddedLatteStreamServer.builder().start()) {
            free = before.port();
        }

        try (ConfigurableApplicationContext started = start(new EngineSettings(free, "", "", ""))) {
            assertThat(started.getBean(EmbeddedLatteStreamServer.class).port()).isEqualTo(free);
        }
    }

    @Test
    void closesTheEngineWithTheContext() {
        EmbeddedLatteStreamServer started;
        TestSocket client;
        try (ConfigurableApplicationContext closing = start(new EngineSettings(0, "", "", ""))) {
            started = closing.getBean(EmbeddedLatteStreamServer.class);
            client = TestSocket.connect(started);
        }

        assertThat(client.awaitCloseCode()).isEqualTo(1001);
        EmbeddedLatteStreamServer.builder().port(started.port()).start().close();
    }

    @Test
    void usesTheKeysOfTheAnnotation() {
        EmbeddedLatteStreamServer other = context(OtherKeys.class).getBean(EmbeddedLatteStreamServer.class);

        assertThat(other.secret()).isEqualTo("lsk_other");
        assertThat(other.publicKey()).isEqualTo("lspk_other");
        assertThat(other).isNotSameAs(engine);
    }

    @Test
    void equalAnnotationsCreateEqualCustomizersWithoutTheSecret() {
        ContextCustomizer customizer = customizer(OtherKeys.class);

        assertThat(customizer)
                .isEqualTo(customizer(SameOtherKeys.class))
                .hasSameHashCodeAs(customizer(SameOtherKeys.class));
        assertThat(customizer).isNotEqualTo(customizer(Alike.class));
        assertThat(customizer.toString()).contains("lspk_other").doesNotContain("lsk_other");
    }

    @Test
    void setsTheWebhookUrlOnceThePortIsKnown() {
        try (ConfigurableApplicationContext started = start(
                new EngineSettings(0, "", "", "/hooks"),
                Map.of("local.server.port", "8123", "server.servlet.context-path", "/app"))) {
            assertThat(started.getBean(EmbeddedLatteStreamServer.class).webhookUrl())
                    .contains("http://localhost:8123/app/hooks");
        }
        try (ConfigurableApplicationContext withoutServer = start(new EngineSettings(0, "", "", "/hooks"))) {
            assertThat(withoutServer.getBean(EmbeddedLatteStreamServer.class).webhookUrl())
                    .isEmpty();
        }
    }

    @Test
    void rejectsAnInvalidWebhookPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> customizer(NoPath.class))
                .withMessageContaining("'http://localhost/hooks'");
    }

    private static ContextCustomizer customizer(Class<?> testClass) {
        return new EmbeddedLatteStreamContextCustomizerFactory().createContextCustomizer(testClass, List.of());
    }

    private static ConfigurableApplicationContext start(EngineSettings settings) {
        return start(settings, Map.of());
    }

    private static ConfigurableApplicationContext start(EngineSettings settings, Map<String, Object> properties) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        new EmbeddedLatteStreamContextCustomizer(settings)
                .customizeContext(
                        context,
                        new MergedContextConfiguration(EmbeddedLatteStreamTests.class, null, null, null, null));
        context.refresh();
        return context;
    }

    private static ApplicationContext context(Class<?> testClass) {
        return new TestContextManager(testClass).getTestContext().getApplicationContext();
    }

    record Endpoint(String value) {}

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Endpoint endpoint(ObjectProvider<EmbeddedLatteStreamServer> engine) {
            EmbeddedLatteStreamServer available = engine.getIfAvailable();
            return new Endpoint(available == null ? "" : available.endpoint());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherApplication {}

    @ContextConfiguration(classes = Application.class)
    @EmbeddedLatteStream
    static class Alike {}

    static class Inheriting extends Alike {}

    @ContextConfiguration(classes = Application.class)
    @Engine
    static class Composed {}

    @EmbeddedLatteStream
    @Retention(RetentionPolicy.RUNTIME)
    @interface Engine {}

    @ContextConfiguration(classes = OtherApplication.class)
    @EmbeddedLatteStream
    static class Different {}

    @ContextConfiguration(classes = Application.class)
    static class Without {}

    @ContextConfiguration(classes = Application.class)
    @EmbeddedLatteStream(secret = "lsk_other", publicKey = "lspk_other")
    static class OtherKeys {}

    @EmbeddedLatteStream(secret = "lsk_other", publicKey = "lspk_other")
    static class SameOtherKeys {}

    @EmbeddedLatteStream(webhookPath = "http://localhost/hooks")
    static class NoPath {}
}
