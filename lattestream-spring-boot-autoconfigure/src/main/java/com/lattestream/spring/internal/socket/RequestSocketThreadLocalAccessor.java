package com.lattestream.spring.internal.socket;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Supports Micrometer's context propagation, which finds this class with a {@link java.util.ServiceLoader}. If context
 * propagation is enabled, blocking calls within a WebFlux handler can determine their request.
 */
public final class RequestSocketThreadLocalAccessor implements ThreadLocalAccessor<RequestSocket> {

    /** Creates an accessor. */
    public RequestSocketThreadLocalAccessor() {}

    @Override
    public Object key() {
        return ReactiveRequestSocketHolder.KEY;
    }

    @Override
    public @Nullable RequestSocket getValue() {
        return RequestSocketHolder.current();
    }

    @Override
    public void setValue(RequestSocket socket) {
        RequestSocketHolder.set(socket);
    }

    @Override
    public void setValue() {
        RequestSocketHolder.remove();
    }
}
