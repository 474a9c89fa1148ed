package com.lattestream.core.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Determines whether the current thread may block. Threads of a client, for I/O and timers, must not wait for the
 * service, because a response cannot be processed while they wait. Threads that implement Reactor's
 * {@code NonBlocking}, such as the event loops of Reactor Netty, must not wait at all. Reactor is optional: the
 * interface is found by its name.
 */
public final class CurrentThread {

    private static final String NON_BLOCKING = "reactor.core.scheduler.NonBlocking";

    private static final ClassValue<Boolean> NON_BLOCKING_CLASSES = new ClassValue<>() {

        @Override
        protected Boolean computeValue(Class<?> type) {
            return isNonBlocking(type);
        }
    };

    private CurrentThread() {}

    /**
     * Whether the current thread may wait for the service.
     * @return false on threads of a client, and on event loops
     */
    public static boolean isBlockingAllowed() {
        return !isClientThread() && !isEventLoop();
    }

    /**
     * Whether the current thread belongs to a client.
     * @return true on threads for I/O and timers
     */
    public static boolean isClientThread() {
        return Thread.currentThread() instanceof ClientThread;
    }

    /**
     * Whether the current thread is one that Reactor does not permit to block.
     * @return whether its class implements {@code NonBlocking}
     */
    public static boolean isEventLoop() {
        return NON_BLOCKING_CLASSES.get(Thread.currentThread().getClass());
    }

    private static boolean isNonBlocking(Class<?> threadType) {
        Deque<Class<?>> types = new ArrayDeque<>();
        for (Class<?> type = threadType; type != null && type != Thread.class; type = type.getSuperclass()) {
            types.add(type);
        }
        while (!types.isEmpty()) {
            Class<?> type = types.remove();
            if (type.getName().equals(NON_BLOCKING)) {
                return true;
            }
            types.addAll(List.of(type.getInterfaces()));
        }
        return false;
    }
}
