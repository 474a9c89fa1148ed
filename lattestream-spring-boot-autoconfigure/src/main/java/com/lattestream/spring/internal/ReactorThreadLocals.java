package com.lattestream.spring.internal;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.function.Supplier;
import org.springframework.util.ClassUtils;
import reactor.util.context.ContextView;

/**
 * Binds the values of a Reactor context to the thread of a call, such as the current observation, if Micrometer's
 * context propagation is on the classpath.
 */
public final class ReactorThreadLocals {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "io.micrometer.context.ContextSnapshotFactory", ReactorThreadLocals.class.getClassLoader());

    private ReactorThreadLocals() {}

    /**
     * Calls a supplier with the values of a Reactor context bound to the calling thread.
     * @param context the context of the subscription
     * @param call the call
     * @param <T> the type of its result
     * @return its result
     */
    public static <T> T supply(ContextView context, Supplier<T> call) {
        return PRESENT ? Propagation.supply(context, call) : call.get();
    }

    /**
     * Runs a task with the values of a Reactor context bound to the calling thread.
     * @param context the context of the subscription
     * @param task the task
     */
    public static void run(ContextView context, Runnable task) {
        supply(context, () -> {
            task.run();
            return true;
        });
    }

    private static final class Propagation {

        private static final ContextSnapshotFactory SNAPSHOTS =
                ContextSnapshotFactory.builder().build();

        static <T> T supply(ContextView context, Supplier<T> call) {
            ContextSnapshot.Scope scope = SNAPSHOTS.setThreadLocalsFrom(context);
            try {
                return call.get();
            } finally {
                scope.close();
            }
        }
    }
}
