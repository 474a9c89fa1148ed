package com.lattestream.spring.boot.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.PresenceUser;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Queries of an application that is connected to a local engine. */
class EngineQueryCacheTests {

    @Nested
    @EmbeddedLatteStream
    @SpringBootTest(classes = EngineQueryCacheTests.Application.class)
    class InATest {

        @Test
        void usersAreThoseOfTheMoment(
                @Autowired EmbeddedLatteStreamServer engine, @Autowired LatteStreamTemplate template) {
            assertThat(template.getUsers("presence-room")).isEmpty();

            try (TestSubscriber alice = TestSubscriber.connect(engine)) {
                alice.subscribe("presence-room", PresenceMember.of("alice"));

                assertThat(template.getUsers("presence-room")).isEqualTo(List.of(new PresenceUser("alice")));
            }
        }
    }

    @Nested
    @EmbeddedLatteStream
    @SpringBootTest(classes = EngineQueryCacheTests.Application.class, properties = "lattestream.cache.timeout=10m")
    class InATestOfTheCache {

        @Test
        void theTimeoutOfTheApplicationApplies(
                @Autowired EmbeddedLatteStreamServer engine, @Autowired LatteStreamTemplate template) {
            template.getUsers("presence-room");
            template.getUsers("presence-room");

            assertThat(engine.requests()).hasSize(1);
        }
    }

    @Test
    void inDevelopmentNothingIsCachedEither() {
        runner().withPropertyValues("lattestream.engine.enabled=true")
                .run(context -> assertThat(
                                context.getBean(LatteStreamClient.class).unwrapAll(Cache.class))
                        .isEmpty());
    }

    @Test
    void withTheServiceResponsesAreCached() {
        runner().withPropertyValues("lattestream.secret=lsk_test_of_the_cache")
                .run(context -> assertThat(
                                context.getBean(LatteStreamClient.class).unwrapAll(Cache.class))
                        .hasSize(1));
    }

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamEngineAutoConfiguration.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
