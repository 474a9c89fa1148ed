package com.lattestream.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CloseTimeoutBudgetTests {

    private final ManualScheduler time = new ManualScheduler();

    private final CloseTimeout timeout = new CloseTimeout(Duration.ofSeconds(10), time::nanoTime);

    @Test
    void closingWithoutADrainHasTheWholeTime() {
        assertThat(timeout.start().timeLeft()).isEqualTo(Duration.ofSeconds(10));
        assertThat(timeout.start().timeForResponses()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void theTimeOfADrainIsDeducted() {
        CompletableFuture<Void> flush = new CompletableFuture<>();
        CompletableFuture<Boolean> drained = timeout.drain(flush, time);
        time.advance(Duration.ofSeconds(3));
        flush.complete(null);

        assertThat(drained).isCompletedWithValue(true);
        assertThat(timeout.start().timeLeft()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theTimeBetweenDrainingAndClosingIsNotDeducted() {
        timeout.drain(CompletableFuture.completedFuture(null), time);
        time.advance(Duration.ofMinutes(1));

        assertThat(timeout.start().timeLeft()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aDrainEndsInTimeToCompleteTheFutures() {
        CompletableFuture<Boolean> drained = timeout.drain(new CompletableFuture<>(), time);
        time.advance(Duration.ofSeconds(9));

        assertThat(drained).isCompletedWithValue(false);
        assertThat(timeout.start().timeForResponses()).isZero();
        assertThat(timeout.start().timeLeft()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDrainThatIsStillRunningCountsUntilNow() {
        timeout.drain(new CompletableFuture<>(), time);
        time.advance(Duration.ofSeconds(4));

        assertThat(timeout.start().timeLeft()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void onlyTheLastDrainCounts() {
        timeout.drain(new CompletableFuture<>(), time);
        time.advance(Duration.ofSeconds(9));
        timeout.drain(CompletableFuture.completedFuture(null), time);

        assertThat(timeout.start().timeLeft()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theDeadlinePasses() {
        CloseTimeout.Deadline deadline = timeout.start();
        time.advance(Duration.ofSeconds(11));

        assertThat(deadline.timeLeft()).isZero();
        assertThat(deadline.timeForResponses()).isZero();
    }
}
