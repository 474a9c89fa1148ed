package com.lattestream.test.internal.fault;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Applies the planned faults to requests and handshakes, before other handlers process them. */
public final class FaultHandler extends Handler.Wrapper {

    private static final long IDLE_MILLIS = 30_000;

    private final FaultPlan plan;

    /**
     * Creates the handler.
     * @param plan the planned faults
     * @param handler handler for regular responses
     */
    public FaultHandler(FaultPlan plan, Handler handler) {
        super(handler);
        this.plan = plan;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (plan.isRefusingAll()) {
            ConnectionBreaker.reset(request, callback);
            return true;
        }
        Duration delay = plan.delay(path);
        Failure failure = plan.failure(path);
        if (delay == null) {
            return handle(failure, request, response, callback);
        }
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        endPoint.setIdleTimeout(IDLE_MILLIS + delay.toMillis());
        request.getComponents()
                .getScheduler()
                .schedule(
                        () -> request.getComponents()
                                .getExecutor()
                                .execute(() -> handleLater(failure, request, response, callback)),
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
        return true;
    }

    private boolean handle(@Nullable Failure failure, Request request, Response response, Callback callback)
            throws Exception {
        return failure == null
                ? super.handle(request, response, callback)
                : failure.respond(getHandler(), request, response, callback);
    }

    private void handleLater(@Nullable Failure failure, Request request, Response response, Callback callback) {
        try {
            if (!handle(failure, request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception ex) {
            Response.writeError(request, response, callback, ex);
        }
    }
}
