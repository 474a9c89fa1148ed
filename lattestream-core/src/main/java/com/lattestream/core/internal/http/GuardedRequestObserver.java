package com.lattestream.core.internal.http;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.RequestObserver;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Isolates requests from the exceptions of an observer, including linkage errors. */
public final class GuardedRequestObserver implements RequestObserver {

    private static final Logger logger = LoggerFactory.getLogger(GuardedRequestObserver.class);

    private static final Attempt UNOBSERVED = new Attempt() {

        @Override
        public void succeeded(int status) {}

        @Override
        public void failed(LatteStreamException reason) {}
    };

    private final @Nullable RequestObserver observer;

    /**
     * Creates a guard.
     * @param observer the observer; null for none
     */
    public GuardedRequestObserver(@Nullable RequestObserver observer) {
        this.observer = observer;
    }

    @Override
    public @Nullable Object currentContext() {
        try {
            return observer == null ? null : observer.currentContext();
        } catch (Throwable ex) {
            report(ex);
            return null;
        }
    }

    @Override
    public Attempt start(Request request) {
        try {
            return observer == null ? UNOBSERVED : new Guarded(observer.start(request));
        } catch (Throwable ex) {
            report(ex);
            return UNOBSERVED;
        }
    }

    private static void report(Throwable ex) {
        logger.error("The RequestObserver failed; the request continues, possibly without being observed", ex);
    }

    private record Guarded(Attempt attempt) implements Attempt {

        @Override
        public Map<String, String> headers() {
            try {
                return attempt.headers();
            } catch (Throwable ex) {
                report(ex);
                return Map.of();
            }
        }

        @Override
        public void succeeded(int status) {
            try {
                attempt.succeeded(status);
            } catch (Throwable ex) {
                report(ex);
            }
        }

        @Override
        public void failed(LatteStreamException reason) {
            try {
                attempt.failed(reason);
            } catch (Throwable ex) {
                report(ex);
            }
        }
    }
}
