package com.lattestream.test;

import com.lattestream.test.internal.fault.Breakdown;
import com.lattestream.test.internal.fault.FaultPlan;
import com.lattestream.test.internal.fault.PathPattern;
import com.lattestream.test.internal.fault.ResponseFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has an engine fail on demand, so that tests see what an application makes of it. A fault says how many requests it is
 * for, which ones, and last what happens to them; only then it is in force. Calls, discovery and WebSocket handshakes
 * alike can fail. Requests to a path take the faults for it in the order in which these were made; each takes at most
 * one failure and one delay. Thread-safe.
 *
 * <pre>{@code
 * engine.faults().failNext(3).onPath("/events").withStatus(503);
 * engine.faults().failNext().onPath("/channels/*").withTruncatedAnswer();
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
     * Begins a fault for the next request.
     * @return what to say more of it
     */
    public Failing failNext() {
        return failNext(1);
    }

    /**
     * Begins a fault for the next requests.
     * @param requests how many; at least 1
     * @return what to say more of it
     * @throws IllegalArgumentException if it is less than 1
     */
    public Failing failNext(int requests) {
        return new Failing(plan, requireSome(requests));
    }

    /**
     * Begins a fault for all requests until {@link #clear()}.
     * @return what to say more of it
     */
    public Failing failAll() {
        return new Failing(plan, FaultPlan.ALWAYS);
    }

    /**
     * Begins a delay of the next request.
     * @return what to say more of it
     */
    public Delaying delayNext() {
        return delayNext(1);
    }

    /**
     * Begins a delay of the next requests.
     * @param requests how many; at least 1
     * @return what to say more of it
     * @throws IllegalArgumentException if it is less than 1
     */
    public Delaying delayNext(int requests) {
        return new Delaying(plan, requireSome(requests));
    }

    /**
     * Begins a delay of all requests until {@link #clear()}.
     * @return what to say more of it
     */
    public Delaying delayAll() {
        return new Delaying(plan, FaultPlan.ALWAYS);
    }

    /**
     * Ends all faults, and accepts connections again if they were refused. What is being delayed stays so.
     */
    public void clear() {
        plan.clear();
    }

    private static int requireSome(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("A fault for " + requests + " requests must be for at least 1");
        }
        return requests;
    }

    /** A failure that is not in force yet: it is as soon as it is said how requests fail. Not thread-safe. */
    public static final class Failing {

        private final FaultPlan plan;

        private final int times;

        private final Map<String, String> headers = new HashMap<>();

        private PathPattern path = PathPattern.ANY;

        private Failing(FaultPlan plan, int times) {
            this.plan = plan;
            this.times = times;
        }

        /**
         * Restricts it to one path; otherwise it is for all.
         * @param path the path as it is sent, percent-encoded and without a query, such as {@code /events}; with
         * <code>/*</code> at the end everything below, such as <code>/channels/*</code>
         * @return this
         * @throws IllegalArgumentException if it does not start with a slash
         */
        public Failing onPath(String path) {
            this.path = new PathPattern(path);
            return this;
        }

        /**
         * Restricts it to WebSocket handshakes, which are at the path {@code /}.
         * @return this
         */
        public Failing onSockets() {
            return onPath("/");
        }

        /**
         * Adds a header {@code Retry-After} to the answer.
         * @param wait how long the client is to wait; whole seconds are sent
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Failing withRetryAfter(Duration wait) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException("A wait of " + wait + " must not be negative");
            }
            headers.put("Retry-After", String.valueOf(wait.toSeconds()));
            return this;
        }

        /**
         * Has requests answered with an error; they are not handled.
         * @param status 400 to 599
         * @throws IllegalArgumentException if it is no such status
         * @throws IllegalStateException if 1,000 failures are waiting already
         */
        public void withStatus(int status) {
            requireStatus(status, 400);
            String body = JsonMapper.shared()
                    .createObjectNode()
                    .put("error", "A fault on demand")
                    .toString();
            answer(status, "application/json", body);
        }

        /**
         * Has requests answered with whatever text; they are not handled.
         * @param status 200 to 599
         * @param body the text
         * @throws IllegalArgumentException if it is no such status
         * @throws IllegalStateException if 1,000 failures are waiting already
         */
        public void withAnswer(int status, String body) {
            requireStatus(status, 200);
            answer(status, "text/plain;charset=utf-8", body);
        }

        /**
         * Has the connection reset instead of an answer; requests are not handled.
         * @throws IllegalStateException if 1,000 failures are waiting already
         */
        public void withReset() {
            plan.fail(path, times, Breakdown.BEFORE_HANDLING);
        }

        /**
         * Has requests handled, and the connection reset instead of the answer: the client cannot tell this from
         * {@link #withReset()}. Handshakes are not handled.
         * @throws IllegalStateException if 1,000 failures are waiting already
         */
        public void withLostAnswer() {
            plan.fail(path, times, Breakdown.BEFORE_ANSWER);
        }

        /**
         * Has requests handled, and the connection closed in the middle of the answer. Handshakes are reset and not
         * handled.
         * @throws IllegalStateException if 1,000 failures are waiting already
         */
        public void withTruncatedAnswer() {
            plan.fail(path, times, Breakdown.WITHIN_ANSWER);
        }

        private void answer(int status, String contentType, String body) {
            headers.put("Content-Type", contentType);
            plan.fail(path, times, new ResponseFailure(status, Map.copyOf(headers), body));
        }

        private static void requireStatus(int status, int least) {
            if (status < least || status > 599) {
                throw new IllegalArgumentException("Status " + status + " must be " + least + " to 599");
            }
        }
    }

    /** A delay that is not in force yet: it is as soon as it is said how long it is. Not thread-safe. */
    public static final class Delaying {

        private static final Duration MAX_DELAY = Duration.ofMinutes(10);

        private final FaultPlan plan;

        private final int times;

        private PathPattern path = PathPattern.ANY;

        private Delaying(FaultPlan plan, int times) {
            this.plan = plan;
            this.times = times;
        }

        /**
         * Restricts it to one path; otherwise it is for all.
         * @param path as in {@link Failing#onPath(String)}
         * @return this
         * @throws IllegalArgumentException if it does not start with a slash
         */
        public Delaying onPath(String path) {
            this.path = new PathPattern(path);
            return this;
        }

        /**
         * Restricts it to WebSocket handshakes, which are at the path {@code /}.
         * @return this
         */
        public Delaying onSockets() {
            return onPath("/");
        }

        /**
         * Has requests wait before they are handled.
         * @param delay how long; at most 10 minutes
         * @throws IllegalArgumentException if it is negative, or longer
         * @throws IllegalStateException if 1,000 delays are waiting already
         */
        public void by(Duration delay) {
            if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
                throw new IllegalArgumentException("A delay of " + delay + " must be 0 to 10 minutes");
            }
            plan.delay(path, times, delay);
        }
    }
}
