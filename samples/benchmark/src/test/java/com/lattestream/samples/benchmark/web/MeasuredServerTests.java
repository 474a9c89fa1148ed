package com.lattestream.samples.benchmark.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.process.ForkedJvm;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The measured server works: on each stack, authorizations are valid and webhooks are dispatched. */
class MeasuredServerTests {

    private static final Duration SHORT = Duration.ofMillis(100);

    private static final int CONNECTIONS = 4;

    /** Its tests share a server, whose start takes seconds. */
    @Nested
    @ParameterizedClass
    @EnumSource(Stack.class)
    class OnEachStack {

        private static @Nullable MeasuredServer server;

        @Parameter
        private Stack stack;

        @BeforeParameterizedClassInvocation
        static void start(Stack stack) {
            assumeTrue(!stack.virtualThreads() || Runtime.version().feature() >= 21);
            server = MeasuredServer.start(ForkedJvm.thisJavaHome(), stack, CONNECTIONS);
        }

        @AfterParameterizedClassInvocation
        static void stop() {
            if (server != null) {
                server.close();
                server = null;
            }
        }

        @Test
        void authorizationsAreValid() {
            for (Load load : loads(stack, "/auth")) {
                String channel = load.body().channel(1_000_000);
                String auth = JsonMapper.shared()
                        .readTree(server.once(load, 1_000_000))
                        .path("auth")
                        .stringValue();

                assertThat(new ChannelSigner(Workload.SECRET).verify(auth, channel, null))
                        .as(load.label())
                        .isTrue();
            }
        }

        @Test
        void everyLoadIsMeasuredAndWebhooksReachTheListener() throws InterruptedException {
            for (Load load : loads(stack, "/")) {
                MeasuredServer.Throughput throughput = server.throughput(load, SHORT);

                assertThat(throughput.requestsPerSecond()).as(load.label()).isPositive();
                assertThat(throughput.cpuMicros()).as(load.label()).isPositive();
                assertThat(server.latencies(load, 100, SHORT).getTotalCount())
                        .as(load.label())
                        .isEqualTo(10);
            }
        }
    }

    // on a server of its own: responses that arrive after a failed measurement would count in the next one
    @Test
    void aResponseOfAnotherStatusAndAWebhookThatReachesNoListenerFailTheRun() {
        try (MeasuredServer server = MeasuredServer.start(ForkedJvm.thisJavaHome(), Stack.WEBFLUX, CONNECTIONS)) {
            Load floor = loads(Stack.WEBFLUX, "/floor/webhooks").get(0);
            Load lost = new Load("", "lost", Stack.WEBFLUX, floor.path(), Body.WEBHOOK, 204, floor);
            Load missing = new Load("", "missing", Stack.WEBFLUX, "/floor/nowhere", Body.PLAIN, 200, null);

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> server.throughput(lost, SHORT))
                    .withMessageContaining("lost: 0 of ");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> server.throughput(missing, SHORT))
                    .withMessageMatching("missing: \\d+ of \\d+ responses were not 200; the first: status 404");
        }
    }

    @Test
    void aJavaWithoutVirtualThreadsIsRefused() {
        assumeTrue(Runtime.version().feature() < 21);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> MeasuredServer.start(ForkedJvm.thisJavaHome(), Stack.MVC_VIRTUAL, CONNECTIONS))
                .withMessageContaining("Spring MVC, virtual threads runs on TomcatWebServer and thread");
    }

    private static List<Load> loads(Stack stack, String path) {
        List<Load> loads = Loads.all().stream()
                .filter(load -> load.stack() == stack && load.path().startsWith(path))
                .toList();
        assertThat(loads).isNotEmpty();
        return loads;
    }
}
