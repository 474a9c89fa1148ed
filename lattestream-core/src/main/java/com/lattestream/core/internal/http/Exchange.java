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
 * One attempt, which ends once: by its answer, its failure, or its timeout. It has a connection from {@link #begin} until
 * the pool has the connection back, which may be a little later than its end.
 */
final class Exchange implements FutureCallback<ServiceAnswer> {

    private static final String ATTRIBUTE = Exchange.class.getName();

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private static final int MAX_PAYLOAD_SHOWN = 10_000;

    // users turn on the log of requests by this name
    private static final Logger logger = LoggerFactory.getLogger(HttpTransport.class);

    private final ServiceRequest request;

    // the kind of requests whose outcomes include that of this one
    private final RequestKind onBehalfOf;

    private final Duration timeout;

    private final HttpTransport transport;

    private final RequestObserver.Attempt observed;

    private final CompletableFuture<ServiceResponse> result = new CompletableFuture<>();

    private final BoundedAnswerConsumer answer = new BoundedAnswerConsumer();

    private final long started = System.nanoTime();

    // an answer, a failure and a timeout may come at once
    private final AtomicBoolean ended = new AtomicBoolean();

    private final AtomicBoolean connected = new AtomicBoolean();

    // from here on the service may have got the request, or a part of it
    private volatile boolean sent;

    private volatile boolean givenUp;

    private volatile @Nullable Future<ServiceAnswer> handle;

    private volatile @Nullable Thread beginning;

    // for the thread that begins this one only
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
     * Sends the request, over the connection that was acquired for it.
     * @return another exchange that gets this connection, because this one has ended already; null for none
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
            handle = transport.execute(this, context, answer);
            if (transport.isClosing()) {
                breakOff();
            }
            // it may have been given up before there was a handle to cancel it by
            if (givenUp) {
                handle.cancel(true);
            }
        } catch (RejectedExecutionException ex) {
            breakOff();
        } catch (RuntimeException ex) {
            // who tries again relies on a future in any case
            giveUp(new LatteStreamConnectionException(
                    request + " to " + transport.endpointText() + " could not be sent: " + describe(ex), sent, ex));
        } catch (Error ex) {
            // such as a class that is missing, which trying again does not help
            giveUp(new LatteStreamException(
                    request + " to " + transport.endpointText() + " could not be sent: " + ex, ex));
        }
    }

    /** Runs between the connection and the first byte. */
    static void beforeSending(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof Exchange exchange) {
            // what was reported as failed is not sent afterwards
            if (exchange.ended.get()) {
                throw new IOException("given up before it was sent");
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
                request + " to " + transport.endpointText() + " had no complete response within " + timeout,
                sent,
                null));
    }

    void breakOffAsLost() {
        giveUp(new LatteStreamTimeoutException(
                request + " to " + transport.endpointText() + " had no response for " + millis()
                        + " ms, although the service responds again",
                sent,
                null));
    }

    void breakOff() {
        giveUp(new LatteStreamConnectionException(
                request + " to " + transport.endpointText() + " was broken off: the client is closed",
                sent,
                new IOException("closed")));
    }

    private void giveUp(LatteStreamException reason) {
        end(reason);
        // the connection of one that has returned it may be another's already
        if (connected.get()) {
            givenUp = true;
            Future<ServiceAnswer> known = handle;
            if (known != null) {
                known.cancel(true);
            }
        }
        release();
    }

    @Override
    public void completed(ServiceAnswer whole) {
        if (whole.isSuccess()) {
            succeed(new ServiceResponse(whole.status(), whole.body()));
        } else {
            fail(refused(whole));
        }
        // otherwise the connection is in use until the callback of the exec chain was called
        if (!sent) {
            release();
        }
    }

    @Override
    public void failed(Exception ex) {
        if (!sent && ex instanceof IOException failure) {
            transport.routes().connectFailed(failure);
        }
        // of a connection, an answer, or a place in the pool
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
                request + " to " + transport.endpointText() + " was broken off", sent, new IOException("cancelled")));
        release();
    }

    private void release() {
        if (connected.compareAndSet(true, false)) {
            transport.forget(this);
            Exchange next = transport.release(this);
            if (next == null) {
                return;
            }
            // many that end at once would otherwise begin each other from within
            if (Thread.currentThread().equals(beginning)) {
                successor = next;
            } else {
                transport.begin(next);
            }
        } else if (hasShare() && transport.stopWaiting(this)) {
            transport.forget(this);
        }
    }

    // an answer that broke off still has a status, and that decides where it can
    private void end(LatteStreamException broken) {
        ServiceAnswer head = answer.head();
        if (head == null || (head.isSuccess() && !request.statusSuffices())) {
            fail(broken);
        } else if (head.isSuccess()) {
            succeed(new ServiceResponse(head.status(), head.body()));
        } else {
            fail(refused(head));
        }
    }

    // what comes before the request was sent is the answer to a CONNECT; of the service itself, 407 makes no sense
    private LatteStreamException refused(ServiceAnswer whole) {
        if (sent && !transport.usesTls() && ConnectionFailures.requiresTls(whole)) {
            return new LatteStreamConnectionException(
                    request + " to " + transport.endpointText() + " was answered " + whole.status()
                            + ConnectionFailures.adviceToUseTls(),
                    false,
                    new IOException("TLS is required"));
        }
        if (sent && whole.status() != PROXY_AUTHENTICATION_REQUIRED) {
            return transport.errors().of(request, whole);
        }
        String message = request + " to " + transport.endpointText() + " failed: "
                + transport.routes().proxy() + " answered " + whole.status();
        if (whole.status() == PROXY_AUTHENTICATION_REQUIRED) {
            message += ". Check lattestream.proxy.username and lattestream.proxy.password, or proxyCredentials on the"
                    + " builder";
        }
        return new LatteStreamConnectionException(message, false, new IOException("refused by the proxy"));
    }

    private void succeed(ServiceResponse response) {
        if (ended.compareAndSet(false, true)) {
            // of the other requests, none has succeeded yet
            if (hasShare()) {
                transport.succeeded(onBehalfOf);
            }
            observed.succeeded(response.status());
            if (logger.isDebugEnabled()) {
                logger.debug("{} answered {} after {} ms", request, response.status(), millis());
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

    /** Releases the connection after HttpClient has returned it to the pool, so that the next exchange finds it there. */
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
