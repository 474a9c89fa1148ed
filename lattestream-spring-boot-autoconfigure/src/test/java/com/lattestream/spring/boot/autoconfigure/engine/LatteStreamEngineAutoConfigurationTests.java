package com.lattestream.spring.boot.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TriggerResult;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
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
    void switchedOnTheEngineReplacesTheService(CapturedOutput output) {
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
    void warnsOnceThatEventsReachOnlyTheEngine(CapturedOutput output) {
        runner.withPropertyValues("lattestream.engine.enabled=true")
                .run(context -> assertThat(warnings(output))
                        .singleElement()
                        .asString()
                        .contains("events reach only the local engine")
                        .doesNotContain("lattestream.secret"));
    }

    @Test
    void warnsThatAConfiguredSecretIsIgnoredAndDoesNotShowIt(CapturedOutput output) {
        runner.withPropertyValues("lattestream.engine.enabled=true", "lattestream.secret=lsk_of_the_real_service")
                .run(context -> {
                    assertThat(warnings(output))
                            .singleElement()
                            .asString()
                            .contains("'lattestream.secret' is set, and is ignored");
                    assertThat(output).doesNotContain("lsk_");
                    assertThat(context.getBean(LatteStreamConnectionDetails.class)
                                    .getSecret())
                            .isNotEqualTo("lsk_of_the_real_service");
                });
    }

    @Test
    void warnsInALazilyInitializedApplication(CapturedOutput output) {
        runner.withPropertyValues("lattestream.engine.enabled=true")
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(warnings(output)).hasSize(1));
    }

    @Test
    void doesNotWarnWhereTheEngineIsNotUsed(CapturedOutput output) {
        runner.withPropertyValues("lattestream.engine.enabled=true")
                .withBean(LatteStreamConnectionDetails.class, () -> () -> "lsk_mine")
                .run(context -> assertThat(warnings(output)).isEmpty());
        runner.withPropertyValues("lattestream.engine.enabled=false", "lattestream.secret=lsk_mine")
                .run(context -> assertThat(warnings(output)).isEmpty());
    }

    @Test
    void eachEngineHasASecretOfItsOwn() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            runner.withPropertyValues("lattestream.engine.enabled=true")
                    .run(context -> secrets.add(
                            context.getBean(EmbeddedLatteStreamServer.class).secret()));
        }
        assertThat(secrets).hasSize(2);
    }

    @Test
    void pagesOfAllowedOriginsMayUseIt() {
        runner.withPropertyValues(
                        "lattestream.engine.enabled=true",
                        "lattestream.engine.allowed-origins=https://a.example,http://b.example:8080")
                .run(context -> {
                    EmbeddedLatteStreamServer server = context.getBean(EmbeddedLatteStreamServer.class);
                    assertThat(discover(server, "https://a.example")).isEqualTo(200);
                    assertThat(discover(server, "http://b.example:8080")).isEqualTo(200);
                    assertThat(discover(server, "https://c.example")).isEqualTo(403);
                });
    }

    private static int discover(EmbeddedLatteStreamServer server, String origin) {
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(
                                        "http://" + server.endpoint() + "/discover?api_key=" + server.publicKey()))
                                .header("Origin", origin)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("WARN") && line.contains("lattestream.engine.enabled"))
                .toList();
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
    void queuedEventsReachTheEngineBeforeBothEnd() {
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
    void eventsTriggeredDuringTheDestructionOfABeanReachTheEngine() {
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
