package com.lattestream.test;

import com.lattestream.test.internal.fault.ConnectionFailure;
import com.lattestream.test.internal.fault.FaultPlan;
import com.lattestream.test.internal.fault.PathPattern;
import com.lattestream.test.internal.fault.ResponseFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Injects faults into an engine, to test how an application handles failures and delays. A fault specifies the number
 * of requests, optionally a path, and finally the effect; it is active only after the effect has been set. Faults apply
 * to REST calls, discovery and WebSocket handshakes. If several faults match a request, the one that was activated
 * first applies; at most one failure and one delay apply to a request. Thread-safe.
 *
 * <pre>{@code
 * engine.faults().failNext(3).onPath("/events").withStatus(503);
 * engine.faults().failNext().onPath("/channels/*").withTruncatedResponse();
 * engine.faults().failAll().onSockets().withReset();
 * engine.faults().delayAll().by(Duration.ofMillis(200));
 * engine.faults().clear();
 * }</pre>
 */
public final class Faults {

    private final FaultPlan plan;

    Faults(FaultPlan plan) {
        this.plan = plan;
    }

    /**
     * Creates a failure for the next request.
     * @return the specification of the failure
     */
    public FailureSpec failNext() {
        return failNext(1);
    }

    /**
     * Creates a failure for the next requests.
     * @param requests number of requests; at least 1
     * @return the specification of the failure
     * @throws IllegalArgumentException if the number is less than 1
     */
    public FailureSpec failNext(int requests) {
        return new FailureSpec(plan, requirePositive(requests));
    }

    /**
     * Creates a failure for all requests until {@link #clear()}.
     * @return the specification of the failure
     */
    public FailureSpec failAll() {
        return new FailureSpec(plan, FaultPlan.ALWAYS);
    }

    /**
     * Creates a delay for the next request.
     * @return the specification of the delay
     */
    public DelaySpec delayNext() {
        return delayNext(1);
    }

    /**
     * Creates a delay for the next requests.
     * @param requests number of requests; at least 1
     * @return the specification of the delay
     * @throws IllegalArgumentException if the number is less than 1
     */
    public DelaySpec delayNext(int requests) {
        return new DelaySpec(plan, requirePositive(requests));
    }

    /**
     * Creates a delay for all requests until {@link #clear()}.
     * @return the specification of the delay
     */
    public DelaySpec delayAll() {
        return new DelaySpec(plan, FaultPlan.ALWAYS);
    }

    /**
     * Removes all faults, and accepts connections again if they were refused. Requests that are already delayed stay
     * delayed.
     */
    public void clear() {
        plan.clear();
    }

    private static int requirePositive(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("The number of requests must be at least 1: " + requests);
        }
        return requests;
    }

    /**
     * Specification of a failure. The failure is active as soon as one of the methods without a return value has been
     * called. Not thread-safe.
     */
    public static final class FailureSpec {

        private final FaultPlan plan;

        private final int times;

        private final Map<String, String> headers = new HashMap<>();

        private PathPattern path = PathPattern.ANY;

        private FailureSpec(FaultPlan plan, int times) {
            this.plan = plan;
            this.times = times;
        }

        /**
         * Restricts the failure to one path. By default it applies to all paths.
         * @param path the path as sent, percent-encoded and without the query, such as {@code /events}; a path that
         * ends with <code>/*</code>, such as <code>/channels/*</code>, matches all paths below
         * @return this specification
         * @throws IllegalArgumentException if the path does not start with a slash
         */
        public FailureSpec onPath(String path) {
            this.path = new PathPattern(path);
            return this;
        }

        /**
         * Restricts the failure to WebSocket handshakes, which use the path {@code /}.
         * @return this specification
         */
        public FailureSpec onSockets() {
            return onPath("/");
        }

        /**
         * Adds a {@code Retry-After} header to the response.
         * @param wait time after which the client should retry; sent in whole seconds
         * @return this specification
         * @throws IllegalArgumentException if the time is negative
         */
        public FailureSpec withRetryAfter(Duration wait) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException("Retry-After must not be negative: " + wait);
            }
            headers.put("Retry-After", String.valueOf(wait.toSeconds()));
            return this;
        }

        /**
         * Responds with an error status; requests are not handled.
         * @param status 400 to 599
         * @throws IllegalArgumentException if the status is out of range
         * @throws IllegalStateException if there are 1,000 pending failures
         */
        public void withStatus(int status) {
            requireStatus(status, 400);
            String body = JsonMapper.shared()
                    .createObjectNode()
                    .put("error", "Injected fault")
                    .toString();
            respond(status, "application/json", body);
        }

        /**
         * Responds with the given status and text; requests are not handled.
         * @param status 200 to 599
         * @param body body of the response
         * @throws IllegalArgumentException if the status is out of range
         * @throws IllegalStateException if there are 1,000 pending failures
         */
        public void withResponse(int status, String body) {
            requireStatus(status, 200);
            respond(status, "text/plain;charset=utf-8", body);
        }

        /**
         * Resets the connection before the request is handled, so that no response is sent.
         * @throws IllegalStateException if there are 1,000 pending failures
         */
        public void withReset() {
            plan.fail(path, times, ConnectionFailure.BEFORE_HANDLING);
        }

        /**
         * Resets the connection after the request has been handled, instead of sending the response. A client cannot
         * distinguish this from {@link #withReset()}. Handshakes are not handled.
         * @throws IllegalStateException if there are 1,000 pending failures
         */
        public void withLostResponse() {
            plan.fail(path, times, ConnectionFailure.BEFORE_RESPONSE);
        }

        /**
         * Closes the connection after the request has been handled and half of the response has been sent. Handshakes
         * are reset and not handled.
         * @throws IllegalStateException if there are 1,000 pending failures
         */
        public void withTruncatedResponse() {
            plan.fail(path, times, ConnectionFailure.WITHIN_RESPONSE);
        }

        private void respond(int status, String contentType, String body) {
            headers.put("Content-Type", contentType);
            plan.fail(path, times, new ResponseFailure(status, Map.copyOf(headers), body));
        }

        private static void requireStatus(int status, int min) {
            if (status < min || status > 599) {
                throw new IllegalArgumentException("Status " + status + " must be " + min + " to 599");
            }
        }
    }

    /**
     * Specification of a delay. The delay is active as soon as {@link #by(Duration)} has been called. Not thread-safe.
     */
    public static final class DelaySpec {

        private static final Duration MAX_DELAY = Duration.ofMinutes(10);

        private final FaultPlan plan;

        private final int times;

        private PathPattern path = PathPattern.ANY;

        private DelaySpec(FaultPlan plan, int times) {
            this.plan = plan;
            this.times = times;
        }

        /**
         * Restricts the delay to one path. By default it applies to all paths.
         * @param path as in {@link FailureSpec#onPath(String)}
         * @return this specification
         * @throws IllegalArgumentException if the path does not start with a slash
         */
        public DelaySpec onPath(String path) {
            this.path = new PathPattern(path);
            return this;
        }

        /**
         * Restricts the delay to WebSocket handshakes, which use the path {@code /}.
         * @return this specification
         */
        public DelaySpec onSockets() {
            return onPath("/");
        }

        /**
         * Delays requests before they are handled.
         * @param delay time to wait; at most 10 minutes
         * @throws IllegalArgumentException if the delay is negative or longer than 10 minutes
         * @throws IllegalStateException if there are 1,000 pending delays
         */
        public void by(Duration delay) {
            if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
                throw new IllegalArgumentException("A delay of " + delay + " must be 0 to 10 minutes");
            }
            plan.delay(path, times, delay);
        }
    }
}
