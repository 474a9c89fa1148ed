package com.lattestream.spring.internal.webhook;

import com.lattestream.core.internal.logging.LogEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookListener.Outcome;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a webhook through that is signed, of now, and not dispatched yet, and has it dispatched. Everything else is
 * answered here, without a word of what it said. Thread-safe.
 */
public final class WebhookFilter extends OncePerRequestFilter {

    /** Has the signature of the body's bytes. */
    static final String SIGNATURE = "X-LatteStream-Signature";

    private static final Logger log = LoggerFactory.getLogger(WebhookFilter.class);

    private final LogEvent refused = new LogEvent(log, Level.WARN, "webhook_refused");

    private final LogEvent guardFailed = new LogEvent(log, Level.ERROR, "webhook_guard_failed");

    private final int maxBodySize;

    private final WebhookVerifier verifier;

    private final WebhookReplayGuard guard;

    private final WebhookDispatcher dispatcher;

    private final BooleanSupplier handled;

    private final WebhookListener listener;

    /**
     * Creates a filter.
     * @param maxBodySize how many bytes are read at most
     * @param verifier knows the service's webhooks
     * @param guard knows which have been dispatched
     * @param dispatcher hands them to listeners
     * @param handled whether the application has a controller that is to see them too, and to answer
     * @param listener hears what becomes of them
     */
    public WebhookFilter(
            int maxBodySize,
            WebhookVerifier verifier,
            WebhookReplayGuard guard,
            WebhookDispatcher dispatcher,
            BooleanSupplier handled,
            WebhookListener listener) {
        this.maxBodySize = maxBodySize;
        this.verifier = verifier;
        this.guard = guard;
        this.dispatcher = dispatcher;
        this.handled = handled;
        this.listener = listener;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader(HttpHeaders.ALLOW, "POST");
            answer(response, HttpStatus.METHOD_NOT_ALLOWED, Outcome.MALFORMED);
            return;
        }
        byte[] body = body(request);
        if (body == null) {
            answer(response, HttpStatus.CONTENT_TOO_LARGE, Outcome.OVERSIZED);
        } else if (!verifier.isSigned(body, request.getHeader(SIGNATURE))) {
            log.debug("Refused a webhook that is not signed, or with another secret");
            answer(response, HttpStatus.UNAUTHORIZED, Outcome.FORGED);
        } else {
            signed(new VerifiedRequest(request, body), response, chain);
        }
    }

    // null if it is too long
    private byte @Nullable [] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > maxBodySize) {
            return null;
        }
        byte[] body = request.getInputStream().readNBytes(maxBodySize + 1);
        return body.length > maxBodySize ? null : body;
    }

    private void signed(VerifiedRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        WebhookPayload payload;
        try {
            payload = WebhookPayload.parse(request.body());
        } catch (IllegalArgumentException ex) {
            refused.log(1, () -> "Refused a signed webhook: " + ex.getMessage());
            answer(response, HttpStatus.BAD_REQUEST, Outcome.MALFORMED);
            return;
        }
        if (!verifier.isOfNow(payload)) {
            refused.log(1, () -> "Refused a signed webhook of " + payload.time() + ", which is too far from now");
            answer(response, HttpStatus.BAD_REQUEST, Outcome.STALE);
            return;
        }
        String id = id(request.body());
        switch (claim(id)) {
            case GRANTED -> dispatch(id, payload, request, response, chain);
            case COMPLETED -> answer(response, HttpStatus.OK, Outcome.REPLAYED);
            case IN_PROGRESS -> comeAgain(response);
        }
    }

    // who cannot tell has it come again, rather than dispatch it twice or lose it
    private WebhookReplayGuard.Claim claim(String id) {
        try {
            return guard.claim(id);
        } catch (RuntimeException ex) {
            guardFailed.log(
                    1, () -> "It cannot be told whether a webhook has been dispatched, so it is to come again", ex);
            return WebhookReplayGuard.Claim.IN_PROGRESS;
        }
    }

    private void dispatch(
            String id,
            WebhookPayload payload,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        boolean done = false;
        try {
            done = isTaken(payload, request, response, chain);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new Finish(id, payload, response));
            } else {
                finish(id, payload, done);
            }
        }
    }

    // by the listeners first, and then by a controller, which may go on after this
    private boolean isTaken(
            WebhookPayload payload, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!dispatcher.dispatch(payload)) {
            response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
        } else if (handled.getAsBoolean()) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpStatus.NO_CONTENT.value());
        }
        return isSuccess(response);
    }

    private void finish(String id, WebhookPayload payload, boolean done) {
        try {
            if (done) {
                guard.complete(id);
            } else {
                guard.release(id);
            }
        } catch (RuntimeException ex) {
            guardFailed.log(1, () -> "It could not be noted whether a webhook was dispatched", ex);
        }
        listener.onAnswer(done ? Outcome.ACCEPTED : Outcome.FAILED);
        if (done) {
            listener.onEvents(payload.events());
        }
    }

    private static boolean isSuccess(HttpServletResponse response) {
        return response.getStatus() < 400;
    }

    private void comeAgain(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        answer(response, HttpStatus.SERVICE_UNAVAILABLE, Outcome.DEFERRED);
    }

    // by the status alone: an error would be dispatched to a page
    private void answer(HttpServletResponse response, HttpStatus status, Outcome outcome) {
        response.setStatus(status.value());
        listener.onAnswer(outcome);
    }

    /** What the bytes are known by; not the signature, for there may be one of each secret. */
    private static String id(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }

    /** Waits for a controller that answers later. */
    private final class Finish implements AsyncListener {

        private final String id;

        private final WebhookPayload payload;

        private final HttpServletResponse response;

        private boolean failed;

        private Finish(String id, WebhookPayload payload, HttpServletResponse response) {
            this.id = id;
            this.payload = payload;
            this.response = response;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            finish(id, payload, !failed && isSuccess(response));
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            failed = true;
        }

        @Override
        public void onError(AsyncEvent event) {
            failed = true;
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
