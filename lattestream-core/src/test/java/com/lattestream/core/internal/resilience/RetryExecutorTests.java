package com.lattestream.core.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.support.ManualScheduler;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryExecutorTests {

    private final ManualScheduler time = new ManualScheduler();

    private final List<CompletableFuture<String>> attempts = new ArrayList<>();

    private final List<Duration> waits = new ArrayList<>();

    private RetryOptions options =
            new RetryOptions(3, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

    private boolean retryAmbiguous = true;

    private RetryExecutor executor() {
        return new RetryExecutor("test", options, retryAmbiguous, time);
    }

    private static long unlimitedTime() {
        return Long.MAX_VALUE;
    }

    private CompletableFuture<String> attempt() {
        attempts.add(new CompletableFuture<>());
        return attempts.get(attempts.size() - 1);
    }

    private void fail(LatteStreamException reason) {
        attempts.get(attempts.size() - 1).completeExceptionally(reason);
    }

    private static LatteStreamApiException status(int status, @Nullable Duration retryAfter) {
        return new LatteStreamApiException("received status " + status, status, "", retryAfter);
    }

    private static LatteStreamApiException unavailable() {
        return status(503, null);
    }

    private CompletableFuture<String> execute(RetryExecutor executor) {
        return executor.execute(this::attempt, RetryExecutorTests::unlimitedTime, (failure, wait) -> waits.add(wait));
    }

    @Test
    void theFirstResponseIsTheResult() {
        CompletableFuture<String> result = execute(executor());
        assertThat(result).isNotDone();

        attempts.get(0).complete("response");

        assertThat(result).isCompletedWithValue("response");
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void aTransientFailureIsFollowedByAnotherAttemptAfterAWait() {
        CompletableFuture<String> result = execute(executor());

        fail(unavailable());
        assertThat(result).isNotDone();
        assertThat(attempts).hasSize(1);
        assertThat(waits).singleElement().isEqualTo(time.pending().get(0));

        time.advance(waits.get(0).minusMillis(1));
        assertThat(attempts).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(attempts).hasSize(2);

        attempts.get(1).complete("response");
        assertThat(result).isCompletedWithValue("response");
    }

    @Test
    void aFailureThatAStageHasWrappedIsStillTransient() {
        CompletableFuture<String> result = execute(executor());

        attempts.get(0).completeExceptionally(new CompletionException(unavailable()));

        assertThat(result).isNotDone();
    }

    @Test
    void aPermanentFailureIsTheResultImmediately() {
        CompletableFuture<String> result = execute(executor());

        fail(status(404, null));

        assertThat(result).isCompletedExceptionally();
        assertThat(waits).isEmpty();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void theLastFailureIsTheResultAfterTheMaximumNumberOfRetries() {
        CompletableFuture<String> result = execute(executor());
        for (int retry = 0; retry < 3; retry++) {
            fail(unavailable());
            time.advance(Duration.ofSeconds(60));
            assertThat(attempts).hasSize(retry + 2);
        }

        LatteStreamException last = unavailable();
        fail(last);

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(last);
        time.advance(Duration.ofSeconds(60));
        assertThat(attempts).hasSize(4);
        assertThat(waits).hasSize(3);
    }

    @Test
    void withoutALimitARequestIsRetriedAsLongAsTimeIsLeft() {
        options = RetryOptions.forEvents(RetryOptions.UNLIMITED, Duration.ofMillis(1), Duration.ofMillis(1));
        CompletableFuture<String> result = execute(executor());

        for (int retry = 0; retry < 1000; retry++) {
            fail(unavailable());
            time.advance(Duration.ofMillis(2));
        }

        assertThat(attempts).hasSize(1001);
        assertThat(result).isNotDone();
    }

    @ParameterizedTest
    @CsvSource({
        "true, connection, true",
        "false, connection, false",
        "true, timeout, true",
        "false, timeout, false",
        "true, refused connection, true",
        "false, refused connection, true",
        "false, 503, true",
        "true, 404, false",
        "true, open circuit breaker, false",
        "true, other, false"
    })
    void onlyTransientFailuresAreRetryableAndAmbiguousOnesIfAllowed(
            boolean ambiguousAllowed, String failure, boolean retryable) {
        retryAmbiguous = ambiguousAllowed;
        Throwable reason = switch (failure) {
            case "connection" -> new LatteStreamConnectionException("reset", true, new IOException("reset"));
            case "refused connection" ->
                new LatteStreamConnectionException("refused", false, new IOException("refused"));
            case "timeout" -> new LatteStreamTimeoutException("late", true, null);
            case "503" -> unavailable();
            case "404" -> status(404, null);
            case "open circuit breaker" -> new LatteStreamUnavailableException("open");
            default -> new IllegalStateException("a defect");
        };

        assertThat(executor().isRetryable(reason)).isEqualTo(retryable);
    }

    @Test
    void onlyFailuresWithoutAResponseAreAmbiguous() {
        assertThat(RetryExecutor.isAmbiguous(
                        new LatteStreamConnectionException("reset", true, new IOException("reset"))))
                .isTrue();
        assertThat(RetryExecutor.isAmbiguous(
                        new LatteStreamConnectionException("refused", false, new IOException("refused"))))
                .isFalse();
        assertThat(RetryExecutor.isAmbiguous(new LatteStreamTimeoutException("late", true, null)))
                .isTrue();
        assertThat(RetryExecutor.isAmbiguous(new LatteStreamTimeoutException("not sent", false, null)))
                .isFalse();
        assertThat(RetryExecutor.isAmbiguous(unavailable())).isFalse();
    }

    // random by a quarter
    @RepeatedTest(20)
    void eachWaitIsAboutTwiceAsLongAsTheOneBeforeItUpToTheLongestBackoff() {
        options = new RetryOptions(5, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));
        execute(executor());

        for (int retry = 0; retry < 5; retry++) {
            fail(unavailable());
            time.advance(Duration.ofSeconds(30));
        }

        assertThat(waits.get(0)).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
        assertThat(waits.get(3)).isBetween(Duration.ofMillis(3750), Duration.ofSeconds(5));
        assertThat(waits.get(4)).isBetween(Duration.ofMillis(3750), Duration.ofSeconds(5));
    }

    @Test
    void aDelayAboveTheLongestBackoffIsShortened() {
        options = new RetryOptions(1, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(30));
        execute(executor());

        fail(unavailable());

        assertThat(waits.get(0)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));
    }

    @Test
    void thereIsAlwaysAWaitBeforeARetry() {
        options = new RetryOptions(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        execute(executor());

        fail(unavailable());

        assertThat(attempts).hasSize(1);
        time.advance(Duration.ofMillis(2));
        assertThat(attempts).hasSize(2);
    }

    @Test
    void theWaitIsTheOneThatTheServiceRequests() {
        execute(executor());

        fail(status(429, Duration.ofSeconds(7)));

        assertThat(waits).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void theServiceCanRequestARetryWithoutAWait() {
        execute(executor());

        fail(status(503, Duration.ZERO));
        time.advance(Duration.ZERO);

        assertThat(attempts).hasSize(2);
    }

    @Test
    void theServiceCannotRequestALongerWaitThanTheOptionsAllow() {
        RetryExecutor executor = executor();
        execute(executor);

        fail(status(429, Duration.ofHours(1)));

        assertThat(waits).containsExactly(Duration.ofSeconds(30));
        assertThat(executor.requestedWait(status(429, Duration.ofHours(1)))).isEqualTo(Duration.ofSeconds(30));
        assertThat(executor.requestedWait(status(429, Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(30));
        assertThat(executor.requestedWait(status(429, Duration.ofSeconds(1)))).isEqualTo(Duration.ofSeconds(1));
        assertThat(executor.requestedWait(unavailable())).isZero();
        assertThat(executor.requestedWait(new IllegalStateException("a defect")))
                .isZero();
    }

    @Test
    void aWaitThatWouldUseUpTheRemainingTimeIsShortened() {
        assertThat(RetryExecutor.shortened(
                        Duration.ofSeconds(10), Duration.ofSeconds(11).toNanos()))
                .isEqualTo(Duration.ofSeconds(10));
        // three quarters of the remaining time
        assertThat(RetryExecutor.shortened(
                        Duration.ofSeconds(10), Duration.ofSeconds(10).toNanos()))
                .isEqualTo(Duration.ofMillis(7500));
        assertThat(RetryExecutor.shortened(
                        Duration.ofSeconds(10), Duration.ofSeconds(4).toNanos()))
                .isEqualTo(Duration.ofSeconds(3));
        // at least a second, unless the wait is shorter
        assertThat(RetryExecutor.shortened(Duration.ofSeconds(10), 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(RetryExecutor.shortened(Duration.ofMillis(300), 1)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void anEventHasAnotherAttemptBeforeItsTimeIsUsedUp() {
        executor().execute(this::attempt, () -> Duration.ofSeconds(4).toNanos(), (failure, wait) -> waits.add(wait));

        fail(status(503, Duration.ofSeconds(20)));

        assertThat(waits).containsExactly(Duration.ofSeconds(3));
        assertThat(time.pending()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void aQueryHasNoAttemptThatWouldBeginAfterItsTimeout() {
        long[] left = {Duration.ofSeconds(8).toNanos()};
        CompletableFuture<String> result = executor().executeInTime(this::attempt, () -> left[0]);

        fail(status(503, Duration.ofSeconds(7)));
        time.advance(Duration.ofSeconds(7));
        assertThat(attempts).hasSize(2);
        left[0] = Duration.ofSeconds(7).toNanos();
        fail(status(503, Duration.ofSeconds(7)));

        assertThat(result).isCompletedExceptionally();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void whenTheServiceHasRecoveredAllWaitingRequestsAreRetriedImmediatelyAndOnce() {
        RetryExecutor executor = executor();
        execute(executor);
        execute(executor);
        attempts.get(0).completeExceptionally(unavailable());
        attempts.get(1).completeExceptionally(unavailable());

        executor.retryNow();
        assertThat(attempts).hasSize(4);
        assertThat(time.pending()).as("timers of the waits").isEmpty();

        executor.retryNow();
        time.advance(Duration.ofMinutes(1));
        assertThat(attempts).hasSize(4);
    }

    @Test
    void aRequestThatNoLongerWaitsIsNotRetriedWhenTheServiceHasRecovered() {
        RetryExecutor executor = executor();
        execute(executor);
        fail(unavailable());
        time.advance(Duration.ofSeconds(2));
        assertThat(attempts).hasSize(2);

        executor.retryNow();

        assertThat(attempts).hasSize(2);
        fail(unavailable());
        time.advance(Duration.ofSeconds(10));
        assertThat(attempts).hasSize(3);
    }

    @Test
    void anAttemptThatCannotBeStartedIsAFailure() {
        IllegalStateException defect = new IllegalStateException("a defect");

        CompletableFuture<String> result = executor()
                .execute(
                        () -> {
                            throw defect;
                        },
                        RetryExecutorTests::unlimitedTime,
                        (failure, wait) -> waits.add(wait));

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(defect);
    }

    @Test
    void afterTheClientIsClosedAFailureIsTheResult() {
        ScheduledThreadPoolExecutor closed = new ScheduledThreadPoolExecutor(1);
        closed.shutdown();
        RetryExecutor executor = new RetryExecutor("test", options, true, closed);
        CompletableFuture<String> result = execute(executor);
        LatteStreamException reason = unavailable();

        fail(reason);

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isSameAs(reason)
                .extracting(failure -> failure.getSuppressed()[0], THROWABLE)
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(waits).isEmpty();
        executor.retryNow();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void closingBetweenAWaitAndTheRecoveryOfTheServiceHasNoEffectOnTheCaller() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1) {

            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, 1, TimeUnit.DAYS);
            }
        };
        RetryExecutor executor = new RetryExecutor("test", options, true, scheduler);
        CompletableFuture<String> result = execute(executor);
        fail(unavailable());
        scheduler.shutdownNow();

        executor.retryNow();

        assertThat(attempts).hasSize(1);
        assertThat(result).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void aLimitedNumberOfRetriesIsDescribed(int maxRetries) {
        options = RetryOptions.forEvents(maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30));

        assertThat(executor().isLimited()).isTrue();
        assertThat(executor().describeLimit()).isEqualTo(", at most " + maxRetries + " times");
    }

    @ParameterizedTest
    @ValueSource(ints = {RetryOptions.UNLIMITED, Integer.MAX_VALUE})
    void anUnlimitedNumberOfRetriesIsNotDescribed(int maxRetries) {
        options = RetryOptions.forEvents(maxRetries, Duration.ofSeconds(1), Duration.ofSeconds(30));

        assertThat(executor().isLimited()).isFalse();
        assertThat(executor().describeLimit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // delay, longest wait, longest backoff
        "PT1S, PT30S, PT5S",
        "PT1S, PT3S, PT3S",
        "PT10S, PT30S, PT10S",
        "PT10S, PT8S, PT8S"
    })
    void eventsAreRetriedAtLeastEveryFiveSecondsUnlessTheDelayIsLonger(
            Duration delay, Duration maxDelay, Duration maxBackoff) {
        assertThat(RetryOptions.forEvents(3, delay, maxDelay))
                .isEqualTo(new RetryOptions(3, delay, maxBackoff, maxDelay));
        assertThat(RetryOptions.forQueries(3, delay, maxDelay))
                .isEqualTo(new RetryOptions(3, delay, maxDelay, maxDelay));
    }

    @Test
    void successesAreCountedForMetrics() {
        RetryExecutor executor = executor();
        execute(executor);

        attempts.get(0).complete("response");

        Retry nativeRetry = (Retry) executor.nativeRetry();
        assertThat(nativeRetry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
                .isEqualTo(1);
    }

    @Test
    void theNativeRetryHasTheNameOfTheClient() {
        assertThat(executor().nativeRetry())
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.getName()).isEqualTo("test"));
    }
}
