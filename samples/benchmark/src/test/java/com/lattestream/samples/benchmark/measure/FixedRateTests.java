package com.lattestream.samples.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FixedRateTests {

    @Test
    void makesCallsAtTheRate() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        FixedRate rate = new FixedRate(
                call(number -> {
                    numbers.add(number);
                    return CompletableFuture.completedFuture(number);
                }),
                1000);

        long started = System.nanoTime();
        Histogram nanos = rate.run(Duration.ofMillis(20));
        assertThat(System.nanoTime() - started)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        assertThat(nanos.getTotalCount()).isEqualTo(20);

        rate.run(Duration.ofMillis(5));
        assertThat(numbers).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void callsDelayedByASlowCallCountAsSlow() throws Exception {
        FixedRate rate = new FixedRate(
                call(number -> {
                    if (number == 0) {
                        spin(Duration.ofMillis(50));
                    }
                    return CompletableFuture.completedFuture(number);
                }),
                1000);

        Histogram nanos = rate.run(Duration.ofMillis(20));

        assertThat(nanos.getMinValue()).isGreaterThan(Duration.ofMillis(20).toNanos());
    }

    @Test
    void theNextCallDoesNotWaitForAResponse() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        FixedRate rate = new FixedRate(
                call(number -> {
                    if (number == 4) {
                        answer.complete("all at once");
                    }
                    return answer;
                }),
                1000);

        assertThat(rate.run(Duration.ofMillis(5)).getTotalCount()).isEqualTo(5);
    }

    @Test
    void failsWhenACallHasFailed() {
        FixedRate rate =
                new FixedRate(call(number -> CompletableFuture.failedFuture(new IllegalStateException("no"))), 1000);

        assertThatIllegalStateException()
                .isThrownBy(() -> rate.run(Duration.ofMillis(5)))
                .withRootCauseExactlyInstanceOf(IllegalStateException.class)
                .havingRootCause()
                .withMessage("no");
    }

    private static void spin(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }

    private static Call call(IntFunction<CompletionStage<?>> call) {
        return new Call() {

            @Override
            public CompletionStage<?> make(int number) {
                return call.apply(number);
            }

            @Override
            public void close() {}
        };
    }
}
