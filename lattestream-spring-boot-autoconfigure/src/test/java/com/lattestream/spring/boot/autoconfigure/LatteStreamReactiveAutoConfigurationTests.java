package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.LatteStreamAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.test.StepVerifier;

class LatteStreamReactiveAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamReactiveAutoConfiguration.class));

    @Test
    void theTemplateUsesTheAutoConfiguredClient() {
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().start()) {
            runner.withPropertyValues(
                            "lattestream.secret=" + engine.secret(),
                            "lattestream.endpoint=" + engine.endpoint(),
                            "lattestream.use-tls=false")
                    .run(context -> {
                        StepVerifier.create(context.getBean(ReactiveLatteStreamTemplate.class)
                                        .trigger("orders", "placed", 7))
                                .expectNextCount(1)
                                .verifyComplete();

                        LatteStreamAssertions.assertThat(engine).hasTriggered("orders", "placed", 7);
                    });
        }
    }

    @Test
    void itFollowsTheMode() {
        runner.withPropertyValues("lattestream.mode=none")
                .run(context -> StepVerifier.create(context.getBean(ReactiveLatteStreamTemplate.class)
                                .trigger("orders", "placed", 7))
                        .expectNextCount(1)
                        .verifyComplete());
    }

    @Test
    void itUsesAMockedClient() {
        LatteStreamClient client = mock(LatteStreamClient.class);
        runner.withBean(LatteStreamClient.class, () -> client).run(context -> {
            StepVerifier.create(
                            context.getBean(ReactiveLatteStreamTemplate.class).trigger("orders", "placed", 7))
                    .verifyComplete();

            then(client).should().tryTrigger(argThat(event -> event.name().equals("placed")));
        });
    }

    @Test
    void besideAnotherTemplateItCreatesNoClientUnlessItIsUsed() {
        runner.withBean(LatteStreamTemplate.class, () -> mock(LatteStreamTemplate.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanFactory().containsSingleton("latteStreamClient"))
                            .isFalse();
                });
    }

    @Test
    void theUsersTemplateWins() {
        ReactiveLatteStreamTemplate mine = new ReactiveLatteStreamTemplate(mock(LatteStreamClient.class));
        runner.withPropertyValues("lattestream.mode=none")
                .withBean("mine", ReactiveLatteStreamTemplate.class, () -> mine)
                .run(context -> assertThat(context)
                        .getBean(ReactiveLatteStreamTemplate.class)
                        .isSameAs(mine));
    }

    @Test
    void ofSeveralClientsThePrimaryOneIsUsed() {
        LatteStreamClient primary = mock(LatteStreamClient.class);
        LatteStreamClient other = mock(LatteStreamClient.class);
        runner.withBean("one", LatteStreamClient.class, () -> primary, definition -> definition.setPrimary(true))
                .withBean("two", LatteStreamClient.class, () -> other)
                .run(context -> {
                    context.getBean(ReactiveLatteStreamTemplate.class)
                            .flushBatch()
                            .block();

                    then(primary).should().flushBatch();
                    then(other).shouldHaveNoInteractions();
                });
    }

    @Test
    void severalClientsWithoutADefaultGetNoTemplate() {
        runner.withBean("one", LatteStreamClient.class, () -> mock(LatteStreamClient.class))
                .withBean("two", LatteStreamClient.class, () -> mock(LatteStreamClient.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ReactiveLatteStreamTemplate.class));
    }

    @Test
    void aChildContextUsesTheTemplateOfItsParent() {
        runner.withPropertyValues("lattestream.mode=none")
                .run(parent -> new ApplicationContextRunner()
                        .withParent(parent)
                        .withPropertyValues("lattestream.mode=none")
                        .run(child -> assertThat(child.getBean(ReactiveLatteStreamTemplate.class))
                                .isSameAs(parent.getBean(ReactiveLatteStreamTemplate.class))));
    }

    @Test
    void withoutReactorThereIsNone() {
        runner.withPropertyValues("lattestream.mode=none")
                .withClassLoader(new FilteredClassLoader("reactor"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(LatteStreamOperations.class)
                        .doesNotHaveBean(ReactiveLatteStreamTemplate.class));
    }
}
