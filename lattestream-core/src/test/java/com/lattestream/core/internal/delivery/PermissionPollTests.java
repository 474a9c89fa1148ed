package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.internal.resilience.CircuitBreakerOptions;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PermissionPollTests {

    private final ManualScheduler time = new ManualScheduler();

    private final ServiceCircuitBreaker breaker = new ServiceCircuitBreaker(
            "test",
            "https://service",
            new CircuitBreakerOptions(true, 50, 4, 2, Duration.ofSeconds(5), 1),
            time.clock());

    private final PermissionPoll permissions = new PermissionPoll(breaker, time);

    private final List<String> ran = new ArrayList<>();

    private void open() {
        for (int i = 0; i < 2; i++) {
            breaker.execute(() ->
                    CompletableFuture.failedFuture(new LatteStreamApiException("received status 503", 503, "", null)));
        }
        assertThat(breaker.isCallPermitted()).isFalse();
    }

    @Test
    void tasksRunWhenTheCircuitBreakerPermitsRequestsAgain() {
        open();
        permissions.whenPermitted(() -> ran.add("first"));
        permissions.whenPermitted(() -> ran.add("second"));

        time.advance(Duration.ofMillis(4900));
        assertThat(ran).isEmpty();
        assertThat(time.pending()).as("one timer for all tasks").hasSize(1);

        time.advance(Duration.ofMillis(200));
        assertThat(ran).containsExactly("first", "second");
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void aTaskThatIsPassedSeveralTimesRunsOnce() {
        open();
        Runnable task = () -> ran.add("task");
        permissions.whenPermitted(task);
        permissions.whenPermitted(task);

        time.advance(Duration.ofSeconds(10));
        assertThat(ran).hasSize(1);

        permissions.whenPermitted(() -> ran.add("another"));
        time.advance(Duration.ofSeconds(10));
        assertThat(ran).containsExactly("task", "another");
    }

    @Test
    void aTaskThatFailsDoesNotPreventTheOthers() {
        permissions.whenPermitted(() -> {
            throw new IllegalStateException("a defect");
        });
        permissions.whenPermitted(() -> ran.add("second"));

        time.advance(Duration.ofMillis(100));

        assertThat(ran).containsExactly("second");
    }

    @Test
    void aTaskIsNotRunByTheThreadThatPassesIt() {
        permissions.whenPermitted(() -> ran.add("task"));
        assertThat(ran).isEmpty();

        time.advance(Duration.ofMillis(99));
        assertThat(ran).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(ran).hasSize(1);
    }
}
