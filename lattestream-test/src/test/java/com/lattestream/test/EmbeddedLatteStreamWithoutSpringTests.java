package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Plain JUnit classes have an engine of their own. */
class EmbeddedLatteStreamWithoutSpringTests {

    /** Run by the enclosing tests, which ignore this annotation. */
    @Disabled
    @Retention(RetentionPolicy.RUNTIME)
    @interface RunWithin {}

    private static final List<EmbeddedLatteStreamServer> ENGINES = new ArrayList<>();

    private static void register(EmbeddedLatteStreamServer engine) {
        SignedCall.trigger(engine, "chat", "message", "1");
        ENGINES.add(engine);
    }

    private static EngineExecutionResults run(Class<?> testClass) {
        ENGINES.clear();
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .selectors(selectClass(testClass))
                .execute();
    }

    private static void assertAllSucceed(Class<?> testClass, int tests) {
        run(testClass).testEvents().assertStatistics(it -> it.succeeded(tests).failed(0));
    }

    private static void assertClosed(EmbeddedLatteStreamServer engine) {
        assertThatCode(() -> EmbeddedLatteStreamServer.builder()
                        .port(engine.port())
                        .start()
                        .close())
                .as("its port is free")
                .doesNotThrowAnyException();
    }

    @Test
    void engineIsSharedByTheClassAndClosedAfterIt() {
        assertAllSucceed(AllParameters.class, 3);

        assertThat(ENGINES).hasSize(8).allMatch(engine -> engine == ENGINES.get(0));
        assertClosed(ENGINES.get(0));
    }

    @RunWithin
    @EmbeddedLatteStream
    static class AllParameters {

        @BeforeAll
        static void before(EmbeddedLatteStreamServer engine) {
            register(engine);
        }

        AllParameters(EmbeddedLatteStreamServer engine) {
            register(engine);
        }

        @Test
        void one(EmbeddedLatteStreamServer engine) {
            register(engine);
        }

        @Test
        void another(EmbeddedLatteStreamServer engine) {
            register(engine);
        }

        @Nested
        class Within {

            Within(EmbeddedLatteStreamServer engine) {
                register(engine);
            }

            @Test
            void nested(EmbeddedLatteStreamServer engine) {
                register(engine);
            }
        }
    }

    @Test
    void engineIsInjectedIntoAPerClassInstance() {
        assertAllSucceed(OneInstance.class, 1);

        assertThat(ENGINES).hasSize(2).allMatch(engine -> engine == ENGINES.get(0));
        assertClosed(ENGINES.get(0));
    }

    @RunWithin
    @Engine
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {

        OneInstance(EmbeddedLatteStreamServer engine) {
            register(engine);
        }

        @Test
        void test(EmbeddedLatteStreamServer engine) {
            register(engine);
        }
    }

    @EmbeddedLatteStream
    @Retention(RetentionPolicy.RUNTIME)
    @interface Engine {}

    @Test
    void nestedClassCanHaveAnEngineOfItsOwn() {
        assertAllSucceed(Around.class, 2);

        assertThat(ENGINES).hasSize(2).doesNotHaveDuplicates();
        assertThat(ENGINES).extracting(EmbeddedLatteStreamServer::publicKey).contains("lspk_nested");
        ENGINES.forEach(EmbeddedLatteStreamWithoutSpringTests::assertClosed);
    }

    @RunWithin
    @EmbeddedLatteStream
    static class Around {

        @Test
        void test(EmbeddedLatteStreamServer engine) {
            register(engine);
        }

        @Nested
        @EmbeddedLatteStream(publicKey = "lspk_nested")
        class Within {

            @Test
            void test(EmbeddedLatteStreamServer engine) {
                register(engine);
            }
        }
    }

    @Test
    void engineIsStartedForTestsWithoutAParameter() {
        run(KeysOnly.class)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                message(text -> text.contains("lspk_") && !text.contains("lsk_0123456789"))));
    }

    @RunWithin
    @EmbeddedLatteStream(publicKey = "lsk_0123456789")
    static class KeysOnly {

        @Test
        void withoutParameter() {}
    }

    @Test
    void webhookPathRequiresASpringApplication() {
        run(Hooks.class)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(1, finishedWithFailure(message(text -> text.contains("requires a Spring application"))));
    }

    @RunWithin
    @EmbeddedLatteStream(webhookPath = "/hooks")
    static class Hooks {

        @Test
        void test() {}
    }

    @Test
    void springTestsAreIgnored() {
        run(WithSpring.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(1, finishedWithFailure(message(text -> text.contains("No ParameterResolver registered"))));
    }

    @RunWithin
    @ExtendWith(SpringExtension.class)
    @EmbeddedLatteStream
    static class WithSpring {

        @Test
        void notAutowired(EmbeddedLatteStreamServer engine) {}
    }
}
