package com.lattestream.samples.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTests {

    // as System.nanoTime, which may be negative and overflow
    private final AtomicLong time =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(25).toNanos());

    private final Throttle<String> throttle = new Throttle<>(3, Duration.ofSeconds(10), time::get);

    @Test
    void allowsAFewAttemptsAtOnceThenOneInEachInterval() {
        take(3);
        assertRefusedFor("10");

        pass(Duration.ofSeconds(9).plusMillis(1));
        assertRefusedFor("1");

        pass(Duration.ofSeconds(1));
        take(1);
        assertRefusedFor("10");

        pass(Duration.ofSeconds(30));
        take(3);
        assertRefusedFor("10");
    }

    @Test
    void neverAllowsMoreAtOnceHoweverMuchTimeHasPassed() {
        take(1);
        pass(Duration.ofDays(1));

        take(3);
        assertRefusedFor("10");
    }

    @Test
    void isNotExtendedByAttemptsThatAreRefused() {
        take(3);
        IntStream.range(0, 100).forEach(attempt -> assertRefusedFor("10"));

        pass(Duration.ofSeconds(10));
        take(1);
    }

    @Test
    void countsEachKeySeparately() {
        take(3);

        assertThatNoException().isThrownBy(() -> throttle.acquire("other"));
    }

    @Test
    void returnedAttemptsAreAvailableAgain() {
        take(3);
        throttle.release("key");

        take(1);
        assertRefusedFor("10");
    }

    @Test
    void onlyUsedAttemptsAreReturned() {
        IntStream.range(0, 10).forEach(time -> throttle.release("key"));
        take(1);
        IntStream.range(0, 10).forEach(time -> throttle.release("key"));

        take(3);
        assertRefusedFor("10");
    }

    @Test
    void allowsNoMoreInParallel() {
        long allowed = IntStream.range(0, 1000)
                .parallel()
                .filter(attempt -> {
                    try {
                        throttle.acquire("key");
                        return true;
                    } catch (TooManyAttemptsException ex) {
                        return false;
                    }
                })
                .count();

        assertThat(allowed).isEqualTo(3);
    }

    @Test
    void storesABoundedNumberOfKeysAndForgetsThem() {
        IntStream.range(0, 3 * Throttle.MAX_KEYS).forEach(number -> throttle.acquire("key " + number));
        assertThat(throttle.size()).isLessThanOrEqualTo(Throttle.MAX_KEYS);

        pass(Duration.ofSeconds(31));
        assertThat(throttle.size()).isZero();
    }

    private void acquire(int attempts) {
        IntStream.range(0, attempts).forEach(attempt -> throttle.acquire("key"));
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private void assertRefusedFor(String seconds) {
        assertThatExceptionOfType(TooManyAttemptsException.class)
                .isThrownBy(() -> throttle.acquire("key"))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isEqualTo(seconds));
    }
}
