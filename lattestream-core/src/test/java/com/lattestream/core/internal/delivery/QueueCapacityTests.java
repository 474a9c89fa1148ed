package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.internal.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class QueueCapacityTests {

    private static final Executor NEW_THREAD = task -> new Thread(task, "waiting caller").start();

    private final QueueCapacity patient = new QueueCapacity(2, 100, Duration.ofMinutes(1));

    private final QueueCapacity impatient = new QueueCapacity(2, 100, Duration.ofMillis(1));

    @Test
    void countsEventsAndBytes() {
        impatient.reserve(1, 60, true);

        assertThatExceptionOfType(LatteStreamQueueFullException.class)
                .isThrownBy(() -> impatient.reserve(1, 50, true))
                .withMessageContaining("1 of at most 2 events")
                .withMessageContaining("60 of at most 100 bytes")
                .withMessageContaining("PT0.001S");
        impatient.reserve(1, 40, true);
        assertThatExceptionOfType(LatteStreamQueueFullException.class).isThrownBy(() -> impatient.reserve(1, 0, true));
        assertThat(impatient.usedBytes()).isEqualTo(100);
    }

    @Test
    void aCallerThatMustNotWaitIsRejectedImmediately() {
        patient.reserve(2, 10, true);

        assertThatExceptionOfType(LatteStreamQueueFullException.class)
                .isThrownBy(() -> patient.reserve(1, 10, false))
                .withMessageContaining("PT0S");
    }

    @Test
    void releasedRoomCanBeReservedAgain() {
        impatient.reserve(2, 100, true);
        impatient.release(2, 100);

        impatient.reserve(2, 100, true);
    }

    @Test
    void anEventThatIsReplacedByALargerOneOccupiesTheDifference() {
        impatient.reserve(1, 60, true);
        impatient.reserve(1, 10, true);

        assertThat(impatient.tryResize(60, 91)).isFalse();
        assertThat(impatient.usedBytes()).isEqualTo(70);
        // though there is no room for another event
        assertThat(impatient.tryResize(60, 90)).isTrue();
        assertThat(impatient.usedBytes()).isEqualTo(100);
        assertThat(impatient.tryResize(90, 90)).isTrue();
        assertThat(impatient.usedBytes()).isEqualTo(100);
    }

    @Test
    void anEventThatIsReplacedByASmallerOneReleasesTheDifference() {
        impatient.reserve(1, 100, true);

        assertThat(impatient.tryResize(100, 30)).isTrue();

        assertThat(impatient.usedBytes()).isEqualTo(30);
        impatient.reserve(1, 70, true);
    }

    @Test
    void aWaitingCallerIsAdmittedWhenRoomIsReleased() {
        patient.reserve(2, 10, true);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> patient.reserve(1, 10, true), NEW_THREAD);
        assertThat(waiting).isNotDone();

        patient.release(1, 5);

        waiting.join();
    }

    @Test
    void aReservationLargerThanTheQueueIsRejectedImmediately() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> patient.reserve(3, 0, true))
                .withMessageContaining("3 event(s)")
                .withMessageContaining("at most 2 events");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> patient.reserve(1, 101, true))
                .withMessageContaining("101 bytes")
                .withMessageContaining("100 bytes");
    }

    @Test
    void aThreadOfTheClientDoesNotWait() {
        patient.reserve(2, 0, true);
        CompletableFuture<Void> refused = new CompletableFuture<>();

        DaemonThreads.clientThreads("lattestream-io")
                .newThread(() -> CompletableFuture.runAsync(() -> patient.reserve(1, 0, true), Runnable::run)
                        .whenComplete((done, failure) -> refused.completeExceptionally(failure.getCause())))
                .start();

        assertThat(refused)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(LatteStreamQueueFullException.class);
    }

    @Test
    void anInterruptedThreadGetsFreeRoomAndDoesNotWait() throws InterruptedException {
        Thread.currentThread().interrupt();
        patient.reserve(2, 0, true);

        assertThatExceptionOfType(LatteStreamQueueFullException.class)
                .isThrownBy(() -> patient.reserve(1, 0, true))
                .withMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aLargeEventIsNotOvertakenForEver() {
        patient.reserve(1, 80, true);
        Thread large = new Thread(() -> patient.reserve(1, 50, true), "large");
        large.start();
        await().until(() -> large.getState() == Thread.State.TIMED_WAITING);
        patient.release(1, 80);
        await().until(() -> patient.usedBytes() == 50);

        patient.reserve(1, 50, true);

        assertThat(patient.usedBytes()).isEqualTo(100);
    }

    @Test
    void allWaitingCallersAreAdmittedWhenThereIsRoomForThem() {
        patient.reserve(2, 10, true);
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        for (CompletableFuture<Void> admitted : List.of(first, second)) {
            Thread caller = new Thread(() -> {
                patient.reserve(1, 10, true);
                admitted.complete(null);
            });
            caller.start();
            await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        }

        patient.release(2, 10);

        // not after maxBlock
        assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(patient.usedBytes()).isEqualTo(20);
        patient.release(2, 20);
        assertThat(patient.usedBytes()).isZero();
        patient.reserve(2, 100, false);
    }

    @Test
    void newCallersQueueUpBehindOneThatHasWaitedForLong() {
        patient.reserve(1, 60, true);
        CompletableFuture<Void> large = CompletableFuture.runAsync(() -> patient.reserve(1, 50, true), NEW_THREAD);
        await().until(() -> {
            // there is room for this one
            boolean admitted = isAdmitted(10);
            if (admitted) {
                patient.release(1, 10);
            }
            return !admitted;
        });

        patient.release(1, 60);
        assertThat(large).succeedsWithin(Duration.ofSeconds(30));

        // the queue of waiting callers is empty
        assertThat(isAdmitted(10)).isTrue();
    }

    private boolean isAdmitted(int size) {
        try {
            patient.reserve(1, size, false);
            return true;
        } catch (LatteStreamQueueFullException ex) {
            return false;
        }
    }

    @Test
    void aCallerIsRejectedAfterTheMaximumWait() {
        impatient.reserve(2, 0, true);
        long started = System.nanoTime();

        assertThatExceptionOfType(LatteStreamQueueFullException.class).isThrownBy(() -> impatient.reserve(1, 0, true));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(1));
        // and no longer waits
        impatient.release(2, 0);
        impatient.reserve(1, 0, false);
    }
}
