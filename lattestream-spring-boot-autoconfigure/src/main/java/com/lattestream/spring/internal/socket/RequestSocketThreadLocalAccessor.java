package com.lattestream.spring.internal.socket;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Takes part in Micrometer's context propagation, which finds it with a {@link java.util.ServiceLoader}: where it is
 * switched on, blocking calls within a WebFlux handler determine their request.
 */
public final class RequestSocketThreadLocalAccessor implements ThreadLocalAccessor<RequestSocket> {

    /** Creates an accessor. */
    public RequestSocketThreadLocalAccessor() {}

    @Override
    public Object key() {
        return ReactorRequestSocket.KEY;
    }

    @Override
    public @Nullable RequestSocket getValue() {
        return ThreadRequestSocket.current();
    }

    @Override
    public void setValue(RequestSocket socket) {
        ThreadRequestSocket.set(socket);
    }

    @Override
    public void setValue() {
        ThreadRequestSocket.remove();
    }
}
