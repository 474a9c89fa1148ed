package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import com.lattestream.spring.LatteStreamClientBuilderCustomizer;
import com.lattestream.spring.LatteStreamConnectionDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class LatteStreamAutoConfigurationTests {

    private static final String SECRET = "lsk_test_of_the_auto_configuration";

    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class, SslAutoConfiguration.class));

    private final ApplicationContextRunner runner = bare.withPropertyValues("lattestream.secret=" + SECRET);

    @Test
    void aSecretIsEnoughForTheClientAndItsTemplate() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(LatteStreamClient.class)
                .hasSingleBean(LatteStreamTemplate.class)
                .hasSingleBean(LatteStreamClientLifecycle.class)
                .getBean(LatteStreamConnectionDetails.class)
                .isInstanceOf(PropertiesLatteStreamConnectionDetails.class));
    }

    @Test
    void theEnvironmentIsEnough() {
        bare.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("LATTESTREAM_SECRET", SECRET, "LATTESTREAM_CLUSTER", "us1"))))
                .run(context -> {
                    LatteStreamConnectionDetails details = context.getBean(LatteStreamConnectionDetails.class);
                    assertThat(details.getSecret()).isEqualTo(SECRET);
                    assertThat(details.getCluster()).isEqualTo("us1");
                    assertThat(context).hasSingleBean(LatteStreamClient.class);
                });
    }

    @Test
    void withoutASecretTheStartFailsEvenIfTheClientIsNotInjected() {
        bare.run(context ->
                assertThat(context).getFailure().rootCause().isInstanceOf(MissingLatteStreamSecretException.class));
    }

    @Test
    void withoutTheClientOnTheClassPathThereIsNothing() {
        bare.withClassLoader(new FilteredClassLoader(LatteStreamClient.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(LatteStreamConnectionDetails.class)
                        .doesNotHaveBean(LatteStreamProperties.class));
    }

    @Test
    void startsWithoutSpringBootsJacksonModule() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.jackson"))
                .run(context -> assertThat(context).hasSingleBean(LatteStreamTemplate.class));
    }

    @Test
    void theUsersClientWinsAndNeedsNoSecret() {
        bare.withBean("mine", LatteStreamClient.class, () -> LatteStreamClient.create(SECRET))
                .run(context -> {
                    assertThat(context).hasSingleBean(LatteStreamClient.class).hasBean("mine");
                    assertThat(context).hasSingleBean(LatteStreamTemplate.class);
                });
    }

    @Test
    void theUsersTemplateWins() {
        LatteStreamTemplate mine = new LatteStreamTemplate(mock(LatteStreamClient.class));
        runner.withBean(LatteStreamTemplate.class, () -> mine)
                .run(context ->
                        assertThat(context).getBean(LatteStreamOperations.class).isSameAs(mine));
    }

    @Test
    void theUsersOtherOperationsWin() {
        LatteStreamOperations mine = mock(LatteStreamOperations.class);
        runner.withBean(LatteStreamOperations.class, () -> mine)
                .run(context ->
                        assertThat(context).getBean(LatteStreamOperations.class).isSameAs(mine));
    }

    @Test
    void theUsersConnectionDetailsWin() {
        try (StubService service = StubService.start()) {
            bare.withPropertyValues("lattestream.secret=lsk_of_the_properties", "lattestream.endpoint=localhost:1")
                    .withBean(LatteStreamConnectionDetails.class, () -> new LocalConnectionDetails(service))
                    .run(context -> {
                        context.getBean(LatteStreamTemplate.class)
                                .trigger("chat", "message", 1)
                                .join();
                        assertThat(service.requests())
                                .singleElement()
                                .extracting(StubService.Request::authorization)
                                .isEqualTo(SECRET);
                    });
        }
    }

    @Test
    void severalClientsGetNoTemplate() {
        bare.withBean("one", LatteStreamClient.class, () -> LatteStreamClient.create(SECRET))
                .withBean("two", LatteStreamClient.class, () -> LatteStreamClient.create(SECRET))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LatteStreamTemplate.class));
    }

    @Test
    void customizersAreCalledInOrderAfterTheProperties() {
        runner.withPropertyValues("lattestream.batching.size=7")
                .withUserConfiguration(Customizers.class)
                .run(context ->
                        assertThat(context.getBean(Customizers.class).calls).containsExactly("first: 7", "second: 8"));
    }

    @Test
    void eventsAreWrittenByTheApplicationsJsonMapper() {
        try (StubService service = StubService.start()) {
            runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                    .withPropertyValues(
                            "lattestream.endpoint=" + service.endpoint(),
                            "lattestream.use-tls=false",
                            "spring.jackson.property-naming-strategy=SNAKE_CASE")
                    .run(context -> {
                        context.getBean(LatteStreamTemplate.class)
                                .trigger("orders", "shipped", new Shipped(42))
                                .join();
                        assertThat(service.requests())
                                .singleElement()
                                .extracting(StubService.Request::body)
                                .asString()
                                .contains("order_number");
                    });
        }
    }

    @Test
    void theHandlerOfTheApplicationReceivesUndeliveredEvents() {
        List<UndeliveredEvent> undelivered = new CopyOnWriteArrayList<>();
        try (StubService service = StubService.start()) {
            service.respondingWith(exchange -> StubService.respond(exchange, 400));
            runner.withPropertyValues("lattestream.endpoint=" + service.endpoint(), "lattestream.use-tls=false")
                    .withBean(UndeliveredEventHandler.class, () -> (events, reason) -> undelivered.addAll(events))
                    .run(context -> {
                        LatteStreamTemplate template = context.getBean(LatteStreamTemplate.class);
                        template.trigger("chat", "message", Map.of("text", "Hello"));
                        template.flushBatch().join();
                        assertThat(undelivered).singleElement().satisfies(event -> {
                            assertThat(event.channels()).containsExactly("chat");
                            assertThat(event.name()).isEqualTo("message");
                            assertThat(event.json()).isEqualTo("{\"text\":\"Hello\"}");
                        });
                    });
        }
    }

    @Test
    void theClientIsClosedWithTheContext() {
        LatteStreamClient[] client = new LatteStreamClient[1];
        runner.run(context -> client[0] = context.getBean(LatteStreamClient.class));
        assertThatIllegalStateException().isThrownBy(() -> client[0].trigger("chat", "message", 1));
    }

    @Test
    void nothingShowsTheSecret() {
        runner.run(context -> {
            assertThat(context.getBean(LatteStreamProperties.class)).asString().doesNotContain(SECRET);
            assertThat(context.getBean(LatteStreamConnectionDetails.class))
                    .asString()
                    .doesNotContain(SECRET);
        });
    }

    record Shipped(long orderNumber) {}

    record LocalConnectionDetails(StubService service) implements LatteStreamConnectionDetails {

        @Override
        public String getSecret() {
            return SECRET;
        }

        @Override
        public String getEndpoint() {
            return service.endpoint();
        }

        @Override
        public boolean isUseTls() {
            return false;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        final List<String> calls = new ArrayList<>();

        @Bean
        @Order(2)
        LatteStreamClientBuilderCustomizer second() {
            return builder -> {
                assertThat(builder).extracting("batchSize").satisfies(size -> calls.add("second: " + size));
            };
        }

        @Bean
        @Order(1)
        LatteStreamClientBuilderCustomizer first() {
            return builder -> {
                assertThat(builder).extracting("batchSize").satisfies(size -> calls.add("first: " + size));
                builder.batchSize(8);
            };
        }
    }
}
