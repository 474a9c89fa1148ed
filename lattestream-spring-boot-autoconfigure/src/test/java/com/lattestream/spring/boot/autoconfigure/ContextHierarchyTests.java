package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.boot.actuate.LatteStreamHealthIndicator;
import com.lattestream.spring.boot.autoconfigure.SeveralClientsTests.RecordingClient;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamHealthContributorAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.broadcast.LatteStreamBroadcastAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.engine.LatteStreamEngineAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A parent and a child context that are both auto-configured. */
@ExtendWith(OutputCaptureExtension.class)
class ContextHierarchyTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamEngineAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamBroadcastAutoConfiguration.class,
                    LatteStreamHealthContributorAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class));

    @Test
    void anEventIsSentOnce() {
        run((parent, child) -> {
            child.publishEvent(new Shipped(1));
            assertThat(RecordingClient.of(parent, "client").events).containsExactly("Shipped");

            parent.publishEvent(new Shipped(2));
            assertThat(RecordingClient.of(parent, "client").events).hasSize(2);
        });
    }

    @Test
    void theReturnValueOfAMethodIsSentOnce() {
        run((parent, child) -> {
            child.getBean(Orders.class).ship();

            assertThat(RecordingClient.of(parent, "client").events).containsExactly("Shipped");
        });
    }

    @Test
    void aChildBroadcastsIfItsParentDoesNot() {
        ApplicationContextRunner bare = new ApplicationContextRunner();
        bare.withBean("client", LatteStreamClient.class, () -> new RecordingClient("lsk_parent"))
                .run(parent -> runner.withParent(parent).run(child -> {
                    child.publishEvent(new Shipped(1));
                    assertThat(RecordingClient.of(parent, "client").events).containsExactly("Shipped");
                }));
    }

    @Test
    void methodsOfAChildUseItsOwnClient() {
        runner.withBean("client", LatteStreamClient.class, () -> new RecordingClient("lsk_parent"))
                .run(parent -> runner.withParent(parent)
                        .withBean("own", LatteStreamClient.class, () -> new RecordingClient("lsk_child"))
                        .withBean(Orders.class)
                        .run(child -> {
                            child.getBean(Orders.class).ship();

                            assertThat(RecordingClient.of(child, "own").events).hasSize(1);
                            assertThat(RecordingClient.of(parent, "client").events)
                                    .isEmpty();
                        }));
    }

    @Test
    void theHealthOfTheClientIsShownOnce() {
        run((parent, child) -> {
            assertThat(child.getBeansOfType(LatteStreamHealthIndicator.class)).isEmpty();
            assertThat(child.getBean(HealthContributorRegistry.class).stream()
                            .filter(entry -> entry.name().equals("lattestream")))
                    .hasSize(1);
        });
    }

    @Test
    void theClientOfTheParentOutlivesTheChild() {
        runner.withBean("client", LatteStreamClient.class, () -> new RecordingClient("lsk_parent"))
                .run(parent -> {
                    runner.withParent(parent).run(child -> assertThat(child).hasNotFailed());

                    assertThat(parent.getBean(LatteStreamClient.class).trigger("orders", "shipped", 1))
                            .isCompleted();
                });
    }

    @Test
    void bothUseOneEngine(CapturedOutput output) {
        ApplicationContextRunner engine = runner.withPropertyValues("lattestream.engine.enabled=true");
        engine.run(parent -> engine.withParent(parent).run(child -> {
            child.publishEvent(new Shipped(1));
            child.getBean(LatteStreamClient.class).flushBatch().join();

            assertThat(child.getBean(EmbeddedLatteStreamServer.class))
                    .isSameAs(parent.getBean(EmbeddedLatteStreamServer.class));
            assertThat(child.getBean(EmbeddedLatteStreamServer.class).events()).hasSize(1);
        }));
        assertThat(output).containsOnlyOnce("events reach only the local engine");
    }

    private void run(BiConsumer<AssertableApplicationContext, AssertableApplicationContext> test) {
        runner.withBean("client", LatteStreamClient.class, () -> new RecordingClient("lsk_parent"))
                .run(parent ->
                        runner.withParent(parent).withBean(Orders.class).run(child -> test.accept(parent, child)));
    }

    @Broadcast(channel = "orders")
    record Shipped(long orderId) {}

    static class Orders {

        @Broadcast(channel = "orders")
        Shipped ship() {
            return new Shipped(7);
        }
    }
}
