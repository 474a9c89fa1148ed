package com.lattestream.core.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the current thread may do. Threads of a client, for its I/O and its timers, must not wait for the service, because
 * they would wait for themselves. Threads that implement Reactor's {@code NonBlocking}, such as the event loops of Reactor
 * Netty, must not wait at all. Reactor need not be present: the interface is found by its name.
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
     * Whether the current thread is one of a client.
     * @return whether it is for the I/O or the timers of a client
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
