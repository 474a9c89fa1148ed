package com.lattestream.core.internal.http;

import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.RequestKind;
import com.lattestream.core.RequestObserver;
import com.lattestream.core.internal.validation.Quoted;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a request. It ends exactly once: with a response, a failure or a timeout. It uses a connection from
 * {@link #begin} until the connection is back in the pool, which may be shortly after the end of the exchange.
 */
final class Exchange implements FutureCallback<RawResponse> {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private static final int MAX_PAYLOAD_SHOWN = 10_000;

    // users enable the logging of requests by this name
    private static final Logger logger = LoggerFactory.getLogger(HttpTransport.class);

    private final ServiceRequest request;

    // the kind of requests whose outcomes include that of this exchange
    private final RequestKind onBehalfOf;

    private final Duration timeout;

    private final HttpTransport transport;

    private final RequestObserver.Attempt observed;

    private final CompletableFuture<ServiceResponse> result = new CompletableFuture<>();

    private final BoundedResponseConsumer responseConsumer = new BoundedResponseConsumer();

    private final long started = System.nanoTime();

    // a response, a failure and a timeout may occur at the same time
    private final AtomicBoolean ended = new AtomicBoolean();

    private final AtomicBoolean connected = new AtomicBoolean();

    // once true, the service may have received a part of the request or all of it
    private volatile boolean sent;

    private volatile boolean givenUp;

    private volatile @Nullable Future<RawResponse> handle;

    private volatile @Nullable Thread beginning;

    // used only by the thread that begins this exchange
    private @Nullable Exchange successor;

    Exchange(
            ServiceRequest request,
            RequestKind onBehalfOf,
            Duration timeout,
            HttpTransport transport,
            RequestObserver.Attempt observed) {
        this.request = request;
        this.onBehalfOf = onBehalfOf;
        this.timeout = timeout;
        this.transport = transport;
        this.observed = observed;
    }

    ServiceRequest request() {
        return request;
    }

    RequestKind kind() {
        return request.operation().kind();
    }

    // a probe on behalf of other requests has a connection of its own
    boolean hasShare() {
        return onBehalfOf == kind();
    }

    Map<String, String> additionalHeaders() {
        return observed.headers();
    }

    CompletableFuture<ServiceResponse> result() {
        return result;
    }

    /**
     * Sends the request over the acquired connection.
     * @return another exchange that gets the connection, because this exchange has already ended; null for none
     */
    @Nullable Exchange begin() {
        connected.set(true);
        beginning = Thread.currentThread();
        if (ended.get()) {
            release();
        } else {
            send();
        }
        beginning = null;
        return successor;
    }

    private void send() {
        logPayload();
        try {
            HttpClientContext context = HttpClientContext.create();
            context.setAttribute(ATTRIBUTE, this);
            handle = transport.execute(this, context, responseConsumer);
            if (transport.isClosing()) {
                cancel();
            }
            // a timeout may have ended the exchange before the handle was assigned
            if (givenUp) {
                handle.cancel(true);
            }
        } catch (RejectedExecutionException ex) {
            cancel();
        } catch (RuntimeException ex) {
            // retries depend on the future, so failures are never thrown
            giveUp(new LatteStreamConnectionException(
                    request + " to " + transport.endpointText() + " could not be sent: " + describe(ex), sent, ex));
        } catch (Error ex) {
            // such as a missing class, where a retry does not help
            giveUp(new LatteStreamException(
                    request + " to " + transport.endpointText() + " could not be sent: " + ex, ex));
        }
    }

    /** Runs after the connection is established and before the first byte is sent. */
    static void beforeSending(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            // a request that was reported as failed must not be sent afterwards
            if (exchange.ended.get()) {
                throw new IOException("ended before it was sent");
            }
            exchange.sent = true;
            chain.proceed(request, body, scope, exchange.new Releasing(callback));
        } else {
            chain.proceed(request, body, scope, callback);
        }
    }

    Duration timeout() {
        return timeout;
    }

    long age() {
        return System.nanoTime() - started;
    }

    long timeLeft() {
        return timeout.toNanos() - age();
    }

    boolean hasStartedBefore(long time) {
        return started - time < 0;
    }

    void endAfterTimeout() {
        giveUp(new LatteStreamTimeoutException(
                request + " to " + transport.endpointText() + " received no complete response within " + timeout,
                sent,
                null));
    }

    void cancelAsLost() {
        giveUp(new LatteStreamTimeoutException(
                request + " to " + transport.endpointText() + " received no response for " + millis()
                        + " ms, although the service responds again",
                sent,
                null));
    }

    void cancel() {
        giveUp(new LatteStreamConnectionException(
                request + " to " + transport.endpointText() + " was cancelled, because the client is closed",
                sent,
                new IOException("closed")));
    }

    private void giveUp(LatteStreamException reason) {
        end(reason);
        // after a release, another exchange may be using the connection
        if (connected.get()) {
            givenUp = true;
            Future<RawResponse> known = handle;
            if (known != null) {
                known.cancel(true);
            }
        }
        release();
    }

    @Override
    public void completed(RawResponse whole) {
        if (whole.isSuccess()) {
            succeed(new ServiceResponse(whole.status(), whole.body()));
        } else {
            fail(rejected(whole));
        }
        // a request that was sent uses its connection until the callback of the exec chain is invoked
        if (!sent) {
            release();
        }
    }

    @Override
    public void failed(Exception ex) {
        if (!sent && ex instanceof IOException failure) {
            transport.routes().connectFailed(failure);
        }
        // a timeout of the connection, of the response, or of the pool
        if (ex instanceof InterruptedIOException || ex instanceof TimeoutException) {
            end(new LatteStreamTimeoutException(
                    request + " to " + transport.endpointText() + " timed out: " + ex.getMessage(), sent, ex));
        } else {
            end(new LatteStreamConnectionException(
                    request + " to " + transport.endpointText() + " failed: " + describe(ex), sent, ex));
        }
        release();
    }

    @Override
    public void cancelled() {
        fail(new LatteStreamConnectionException(
                request + " to " + transport.endpointText() + " was cancelled", sent, new IOException("cancelled")));
        release();
    }

    private void release() {
        if (connected.compareAndSet(true, false)) {
            transport.forget(this);
            Exchange next = transport.release(this);
            if (next == null) {
                return;
            }
            // avoids a recursion when many exchanges end at the same time
            if (Thread.currentThread().equals(beginning)) {
                successor = next;
            } else {
                transport.begin(next);
            }
        } else if (hasShare() && transport.stopWaiting(this)) {
            transport.forget(this);
        }
    }

    // the status of an incomplete response determines the outcome if it is sufficient
    private void end(LatteStreamException interrupted) {
        RawResponse head = responseConsumer.head();
        if (head == null || (head.isSuccess() && !request.statusSuffices())) {
            fail(interrupted);
        } else if (head.isSuccess()) {
            succeed(new ServiceResponse(head.status(), head.body()));
        } else {
            fail(rejected(head));
        }
    }

    // before the request is sent, the response is that of the proxy to CONNECT; the service itself never sends a 407
    private LatteStreamException rejected(RawResponse whole) {
        if (sent && !transport.usesTls() && ConnectionFailures.requiresTls(whole)) {
            return new LatteStreamConnectionException(
                    request + " to " + transport.endpointText() + " received status " + whole.status()
                            + ConnectionFailures.adviceToUseTls(),
                    false,
                    new IOException("TLS is required"));
        }
        if (sent && whole.status() != PROXY_AUTHENTICATION_REQUIRED) {
            return transport.exceptionMapper().map(request, whole);
        }
        String message = request + " to " + transport.endpointText() + " failed: "
                + transport.routes().proxy() + " responded with status " + whole.status();
        if (whole.status() == PROXY_AUTHENTICATION_REQUIRED) {
            message += ". Check lattestream.proxy.username and lattestream.proxy.password, or proxyCredentials on the"
                    + " builder";
        }
        return new LatteStreamConnectionException(message, false, new IOException("rejected by the proxy"));
    }

    private void succeed(ServiceResponse response) {
        if (ended.compareAndSet(false, true)) {
            // the success of a probe does not count as a success of the other requests
            if (hasShare()) {
                transport.succeeded(onBehalfOf);
            }
            observed.succeeded(response.status());
            if (logger.isDebugEnabled()) {
                logger.debug("{} received status {} after {} ms", request, response.status(), millis());
            }
            result.complete(response);
        }
    }

    private void fail(LatteStreamException failure) {
        if (ended.compareAndSet(false, true)) {
            transport.failed(onBehalfOf, failure);
            observed.failed(failure);
            logger.debug("{} failed after {} ms: {}", request, millis(), failure.getMessage());
            result.completeExceptionally(failure);
        }
    }

    private void logPayload() {
        if (logger.isTraceEnabled() && request.body().length > 0) {
            logger.trace(
                    "{} sends {}",
                    request,
                    Quoted.text(new String(request.body(), StandardCharsets.UTF_8), MAX_PAYLOAD_SHOWN));
        }
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(age());
    }

    private String describe(Exception ex) {
        return ConnectionFailures.describe(ex, transport.usesTls());
    }

    /** Releases the connection after HttpClient has returned it to the pool, so that the next exchange can reuse it. */
    private final class Releasing implements AsyncExecCallback {

        private final AsyncExecCallback callback;

        private Releasing(AsyncExecCallback callback) {
            this.callback = callback;
        }

        @Override
        public AsyncDataConsumer handleResponse(HttpResponse response, EntityDetails entityDetails)
                throws HttpException, IOException {
            return callback.handleResponse(response, entityDetails);
        }

        @Override
        public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
            callback.handleInformationResponse(response);
        }

        @Override
        public void completed() {
            callback.completed();
            release();
        }

        @Override
        public void failed(Exception cause) {
            callback.failed(cause);
            release();
        }
    }
}
