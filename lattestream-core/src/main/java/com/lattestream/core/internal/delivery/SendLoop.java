package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.CurrentThread;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches as long as there are batches and the circuit breaker permits requests. Thread-safe: any number of
 * threads may run the loop at once.
 *
 * <p>A batch is sent by the thread that makes it possible, because changing threads takes longer than sending: the I/O
 * thread that has received a response, or the caller of an event that does not wait for a full batch. This applies only
 * while all connections are open. If one has to be opened, which may wait for a name server, the scheduler's thread
 * sends the batch, as it does when batches become full. A connection that the service has closed in the meantime is an
 * exception: the thread that finds it closed opens another. An event loop of the application sends no batch, because
 * the HTTP client acquires locks.
 *
 * <p>No batch is left behind: a run ends when there is no batch, when the maximum number is in flight, or when the
 * circuit breaker permits no request. The release of a batch, an added event, and {@link PermissionPoll} start the next
 * run.
 */
final class SendLoop {

    private final EventAccumulator accumulator;

    private final BatchSender sender;

    private final ServiceCircuitBreaker breaker;

    private final BooleanSupplier connected;

    private final PermissionPoll permissions;

    private final Runnable whenPermitted = this::run;

    private final CoalescedTask onScheduler;

    SendLoop(
            EventAccumulator accumulator,
            BatchSender sender,
            RequestPipeline pipeline,
            PermissionPoll permissions,
            ScheduledExecutorService scheduler) {
        this.accumulator = accumulator;
        this.sender = sender;
        this.breaker = pipeline.breaker();
        this.connected = pipeline.connected();
        this.permissions = permissions;
        this.onScheduler = new CoalescedTask(scheduler, this::run);
    }

    /** Sends batches on this thread. */
    void run() {
        boolean sent = true;
        while (sent) {
            sent = sendNext();
        }
    }

    /** Sends batches on the scheduler's thread. */
    void wakeUp() {
        onScheduler.execute();
    }

    /** Sends one batch on this thread, if that does not block, and further batches on the scheduler's thread. */
    void sendFromCaller() {
        if (Thread.currentThread().isInterrupted() || CurrentThread.isEventLoop() || !connected.getAsBoolean()) {
            wakeUp();
            return;
        }
        // further batches are due to other callers
        if (sendNext() && accumulator.mayHaveBatch()) {
            wakeUp();
        }
    }

    private boolean sendNext() {
        if (!breaker.isCallPermitted()) {
            if (accumulator.mayHaveBatch()) {
                permissions.whenPermitted(whenPermitted);
            }
            return false;
        }
        Batch batch = accumulator.poll();
        if (batch == null) {
            return false;
        }
        CompletableFuture<@Nullable Void> sent = sender.send(batch);
        if (sent.isDone()) {
            // a batch that ends at once would otherwise send the next one recursively
            accumulator.release(batch);
        } else {
            sent.whenComplete((done, failure) -> sent(batch));
        }
        return true;
    }

    private void sent(Batch batch) {
        accumulator.release(batch);
        if (connected.getAsBoolean()) {
            run();
        } else {
            wakeUp();
        }
    }
}
