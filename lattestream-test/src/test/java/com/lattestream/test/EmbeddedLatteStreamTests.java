package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
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
import org.springframework.test.context.ContextConfiguration;
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
    void startsAnEngineThatBeansCanUse() {
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
    void givesAnotherContextAnotherEngine() {
        ApplicationContext other = context(Different.class);

        assertThat(other).isNotSameAs(context);
        assertThat(other.getBean(EmbeddedLatteStreamServer.class).port()).isNotEqualTo(engine.port());
    }

    @Test
    void startsNoneWithoutTheAnnotation() {
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

        try (ConfigurableApplicationContext started = start(new EmbeddedLatteStreamContextCustomizer(free))) {
            assertThat(started.getBean(EmbeddedLatteStreamServer.class).port()).isEqualTo(free);
        }
        assertThat(new EmbeddedLatteStreamContextCustomizer(free))
                .isEqualTo(new EmbeddedLatteStreamContextCustomizer(free))
                .isNotEqualTo(new EmbeddedLatteStreamContextCustomizer(0));
    }

    @Test
    void closesTheEngineWithTheContext() {
        EmbeddedLatteStreamServer started;
        TestSocket client;
        try (ConfigurableApplicationContext closing = start(new EmbeddedLatteStreamContextCustomizer(0))) {
            started = closing.getBean(EmbeddedLatteStreamServer.class);
            client = TestSocket.connect(started);
        }

        assertThat(client.awaitCloseCode()).isEqualTo(1001);
        EmbeddedLatteStreamServer.builder().port(started.port()).start().close();
    }

    private static ConfigurableApplicationContext start(EmbeddedLatteStreamContextCustomizer customizer) {
        GenericApplicationContext context = new GenericApplicationContext();
        customizer.customizeContext(
                context, new MergedContextConfiguration(EmbeddedLatteStreamTests.class, null, null, null, null));
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
}
