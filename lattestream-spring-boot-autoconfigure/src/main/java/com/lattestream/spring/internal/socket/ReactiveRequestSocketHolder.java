package com.lattestream.spring.internal.socket;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The connection that the HTTP request of a Reactor context names. */
public final class ReactiveRequestSocketHolder {

    static final String KEY = RequestSocket.class.getName();

    private ReactiveRequestSocketHolder() {}

    static Context put(Context context, RequestSocket socket) {
        return context.put(KEY, socket);
    }

    /**
     * Returns the connection that the HTTP request of a Reactor context names.
     * @param context the context of a subscription
     * @return the connection, or null if the context belongs to no request
     */
    public static @Nullable RequestSocket find(ContextView context) {
        return context.getOrDefault(KEY, null);
    }
}
