package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.internal.DaemonThreads;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.support.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionDispatcherTests {

    // the interval of the checks for blocked callbacks
    private static final Duration LOOK = Duration.ofMillis(50);

    private final ManualScheduler time = new ManualScheduler();

    private final ExecutorService threads = DaemonThreads.onDemand("dispatcher");

    private final CountDownLatch blocked = new CountDownLatch(1);

    private final Queue<PendingEvent> completed = new ConcurrentLinkedQueue<>();

    @AfterEach
    void unblock() {
        blocked.countDown();
        threads.shutdownNow();
    }

    @Test
    void whileACallbackBlocksOthersGoOnWithoutWaitingForAnyTimer() {
        CompletionDispatcher dispatcher = new CompletionDispatcher(threads, time, time::nanoTime);
        CountDownLatch blocking = new CountDownLatch(1);
        dispatcher.dispatch(task(1, event -> {
            blocking.countDown();
            waitForEver();
        }));
        await().until(() -> blocking.getCount() == 0);
        time.advance(Duration.ofMillis(2));

        for (int i = 1; i <= 10; i++) {
            dispatcher.dispatch(task(1, completed::add));
            int soFar = i;
            await().until(() -> completed.size() == soFar);
        }
    }

    @Test
    void eventsSettledWithABlockedCallbackAreCompletedByAnotherThread() {
        CompletionDispatcher dispatcher = new CompletionDispatcher(threads, time, time::nanoTime);
        CountDownLatch blocking = new CountDownLatch(1);
        dispatcher.dispatch(task(3, event -> {
            if (blocking.getCount() > 0) {
                blocking.countDown();
                waitForEver();
            }
            completed.add(event);
        }));
        await().until(() -> blocking.getCount() == 0);

        time.advance(LOOK);
        time.advance(LOOK);

        await().until(() -> completed.size() == 2);
    }

    @Test
    void aStuckExecutorReceivesNoFurtherTasks() {
        List<Runnable> asked = new ArrayList<>();
        CompletionDispatcher dispatcher = new CompletionDispatcher(asked::add, time, time::nanoTime);
        dispatcher.dispatch(task(2, completed::add));
        dispatcher.dispatch(task(2, completed::add));

        time.advance(LOOK.multipliedBy(100));

        assertThat(asked).hasSize(1);
        asked.get(0).run();
        assertThat(completed).hasSize(4);
    }

    @Test
    void aBlockedCallbackRequestsExactlyOneMoreThread() {
        List<Runnable> asked = new ArrayList<>();
        CompletionDispatcher dispatcher = new CompletionDispatcher(asked::add, time, time::nanoTime);
        CountDownLatch blocking = new CountDownLatch(1);
        dispatcher.dispatch(task(2, event -> {
            blocking.countDown();
            waitForEver();
        }));
        threads.execute(asked.remove(0));
        await().until(() -> blocking.getCount() == 0);

        time.advance(LOOK.multipliedBy(100));

        assertThat(asked).hasSize(1);
    }

    @Test
    void aHandoverThatFailsLeavesTheOthersAsTheyWere() {
        CompletionDispatcher dispatcher = new CompletionDispatcher(Runnable::run, time, time::nanoTime);

        dispatcher.dispatch(task(1, event -> {
            throw new AssertionError("on purpose");
        }));
        dispatcher.dispatch(task(1, completed::add));

        assertThat(completed).hasSize(1);
        time.advance(LOOK.multipliedBy(2));
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void aRejectedTaskIsSubmittedAgain() {
        List<Runnable> refused = new ArrayList<>();
        CompletionDispatcher dispatcher = new CompletionDispatcher(
                task -> {
                    if (refused.isEmpty()) {
                        refused.add(task);
                        throw new OutOfMemoryError("unable to create a thread, on purpose");
                    }
                    task.run();
                },
                time,
                time::nanoTime);
        dispatcher.dispatch(task(1, completed::add));
        assertThat(completed).isEmpty();

        time.advance(LOOK);

        assertThat(completed).hasSize(1);
    }

    @Test
    void aThreadOfTheClientRunsOneHandoverAtATime() throws InterruptedException {
        List<String> by = new ArrayList<>();
        CompletionDispatcher dispatcher = new CompletionDispatcher(Runnable::run, time, time::nanoTime);
        CompletionTask second = task(1, event -> by.add("second"));
        CompletionTask first = task(1, event -> {
            dispatcher.dispatch(second);
            by.add("first");
        });

        Thread io = DaemonThreads.clientThreads("io").newThread(() -> {
            dispatcher.dispatch(first);
            by.add("back");
        });
        io.start();
        io.join();

        // the remaining events are handed to the scheduler, which runs on this thread here
        assertThat(by).containsExactly("first", "second", "back");
    }

    private void waitForEver() {
        try {
            blocked.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletionTask task(int events, Consumer<PendingEvent> completion) {
        QueueCapacity capacity = new QueueCapacity(100, 100, Duration.ZERO);
        capacity.reserve(events, 2L * events, false);
        List<EncodedEvent> encoded = IntStream.range(0, events)
                .mapToObj(i -> new EncodedEvent(List.of("a"), new byte[2]))
                .toList();
        return new CompletionTask(
                new BatchEntry(encoded, EventFormat.BATCH, false, null).events(),
                capacity,
                completion,
                () -> {},
                () -> {});
    }
}
