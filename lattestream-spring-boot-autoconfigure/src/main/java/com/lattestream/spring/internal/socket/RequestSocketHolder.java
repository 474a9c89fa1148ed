package com.lattestream.spring.internal.socket;

import org.jspecify.annotations.Nullable;

/** The thread-bound counterpart of the value in the Reactor context, which context propagation sets and removes. */
final class RequestSocketHolder {

    private static final ThreadLocal<@Nullable RequestSocket> CURRENT = new ThreadLocal<>();

    private RequestSocketHolder() {}

    static @Nullable RequestSocket current() {
        return CURRENT.get();
    }

    static void set(RequestSocket socket) {
        CURRENT.set(socket);
    }

    static void remove() {
        CURRENT.remove();
    }
}
