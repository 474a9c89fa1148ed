package com.lattestream.spring.boot.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TriggerResult;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LatteStreamEngineAutoConfigurationTests {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamEngineAutoConfiguration.class));

    @Test
    void isOffUnlessSwitchedOn() {
        runner.withPropertyValues("lattestream.secret=lsk_test_of_the_engine")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedLatteStreamServer.class));
    }

    @Test
    void switchedOnItTakesThePlaceOfTheService(CapturedOutput output) {
        runner.withPropertyValues("lattestream.engine.enabled=true").run(context -> {
            EmbeddedLatteStreamServer server = context.getBean(EmbeddedLatteStreamServer.class);
            context.getBean(LatteStreamTemplate.class)
                    .trigger("chat", "message", 1)
                    .join();
            assertThat(server.events()).hasSize(1);
            assertThat(output)
                    .containsOnlyOnce("Local LatteStream engine")
                    .contains("http://" + server.endpoint())
                    .contains("ws://" + server.endpoint())
                    .contains("nothing leaves this machine")
                    .doesNotContain(server.secret());
        });
    }

    @Test
    void aServerThatIsABeanWinsOverTheProperties() {
        try (EmbeddedLatteStreamServer server =
                EmbeddedLatteStreamServer.builder().port(0).start()) {
            runner.withPropertyValues(
                            "lattestream.secret=lsk_of_the_real_service",
                            "lattestream.endpoint=localhost:1",
                            "lattestream.engine.enabled=true")
                    .withBean(EmbeddedLatteStreamServer.class, () -> server)
                    .run(context -> {
                        assertThat(context).hasSingleBean(EmbeddedLatteStreamServer.class);
                        LatteStreamConnectionDetails details = context.getBean(LatteStreamConnectionDetails.class);
                        assertThat(details.getSecret()).isEqualTo(server.secret());
                        assertThat(details.getEndpoint()).isEqualTo(server.endpoint());
                        assertThat(details.isUseTls()).isFalse();
                        assertThat(details).asString().doesNotContain(server.secret());
                    });
        }
    }

    @Test
    void theUsersConnectionDetailsWinOverTheEngine() {
        LatteStreamConnectionDetails mine = () -> "lsk_mine";
        runner.withPropertyValues("lattestream.engine.enabled=true")
                .withBean(LatteStreamConnectionDetails.class, () -> mine)
                .run(context -> assertThat(context)
                        .getBean(LatteStreamConnectionDetails.class)
                        .isSameAs(mine));
    }

    @Test
    void whatIsQueuedReachesTheEngineBeforeBothEnd() {
        AtomicReference<EmbeddedLatteStreamServer> server = new AtomicReference<>();
        runner.withPropertyValues("lattestream.engine.enabled=true", "lattestream.batching.interval=1h")
                .run(context -> {
                    server.set(context.getBean(EmbeddedLatteStreamServer.class));
                    CompletableFuture<TriggerResult> result =
                            context.getBean(LatteStreamTemplate.class).trigger("chat", "message", 1);
                    assertThat(result).isNotDone();
                });
        assertThat(server.get().events()).hasSize(1);
    }

    @Test
    void whatABeanTriggersAsItIsDestroyedReachesTheEngine() {
        Farewell[] farewell = new Farewell[1];
        runner.withPropertyValues("lattestream.engine.enabled=true", "lattestream.batching.interval=1h")
                .withBean(Farewell.class)
                .run(context -> farewell[0] = context.getBean(Farewell.class));
        assertThat(farewell[0].result).succeedsWithin(ANSWER);
    }

    @Test
    void switchedOnButNotOnTheClassPathTheStartFails() {
        runner.withClassLoader(new FilteredClassLoader(EmbeddedLatteStreamServer.class))
                .withPropertyValues("lattestream.secret=lsk_test_of_the_engine", "lattestream.engine.enabled=true")
                .run(context -> assertThat(context).getFailure().isInstanceOf(MissingLatteStreamEngineException.class));
    }

    @Test
    void neitherSwitchedOnNorOnTheClassPathNothingIsMissed() {
        runner.withClassLoader(new FilteredClassLoader(EmbeddedLatteStreamServer.class))
                .withPropertyValues("lattestream.secret=lsk_test_of_the_engine")
                .run(context -> assertThat(context).hasSingleBean(LatteStreamTemplate.class));
    }

    static final class Farewell implements AutoCloseable {

        private final LatteStreamTemplate template;

        private CompletableFuture<TriggerResult> result;

        Farewell(LatteStreamTemplate template) {
            this.template = template;
        }

        @Override
        public void close() {
            result = template.trigger("chat", "bye", 1);
        }
    }
}
