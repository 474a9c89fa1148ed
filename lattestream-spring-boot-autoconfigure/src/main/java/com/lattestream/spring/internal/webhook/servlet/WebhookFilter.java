package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookDelivery;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import com.lattestream.spring.internal.webhook.WebhookVerifier;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Receives webhooks on Spring MVC. The cheap checks come first: method, form of the signature, announced length. Then
 * the body is read within the bounds of {@link UnverifiedBodyLimiter}, and {@link WebhookProcessor} processes the webhook.
 * Only a verified request whose events have been dispatched continues, with a mark, to a handler of the application, if
 * there is one.
 *
 * <p>Without such a handler the body is read asynchronously, and the request is dispatched again once it is verified.
 * With a handler, it is read on the container's thread: filters that are registered for the dispatch type
 * {@code REQUEST} only, and that the application may rely on, would not be called for a second dispatch. Thread-safe.
 */
public final class WebhookFilter extends OncePerRequestFilter {

    private final UnverifiedBodyLimiter bodyLimiter;

    private final WebhookProcessor processor;

    private final WebhookHandlers handlers;

    private final WebhookResponses responses;

    /**
     * Creates a filter.
     * @param bodyLimiter limits the bodies that are read before they are verified
     * @param processor processes webhooks
     * @param handlers determines whether a handler of the application receives a webhook
     */
    public WebhookFilter(UnverifiedBodyLimiter bodyLimiter, WebhookProcessor processor, WebhookHandlers handlers) {
        this.bodyLimiter = bodyLimiter;
        this.processor = processor;
        this.handlers = handlers;
        this.responses = new WebhookResponses(processor);
    }

    // false, because the request is dispatched again after a body has been read asynchronously
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (VerifiedWebhook.of(request) != null) {
            // a handler of the application has dispatched the verified request again
            chain.doFilter(request, response);
            return;
        }
        byte[] signedBody = AsyncBodyReader.takeSignedBody(request);
        if (signedBody == null) {
            receive(request, response, chain);
        } else {
            process(signedBody, request, response, chain);
        }
    }

    private void receive(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String signature = request.getHeader(WebhookVerifier.SIGNATURE_HEADER);
        if (!request.getMethod().equals("POST")) {
            response.setHeader(HttpHeaders.ALLOW, "POST");
            response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
            processor.reportRejection(Outcome.MALFORMED);
            UnreadBodyDiscarder.discard(request, response);
        } else if (!processor.isWellFormed(signature)) {
            responses.rejectUnread(request, response, Outcome.INVALID_SIGNATURE);
        } else if (request.getContentLengthLong() > bodyLimiter.maxBodySize()) {
            responses.rejectUnread(request, response, Outcome.OVERSIZED);
        } else {
            read(signature, request, response, chain);
        }
    }

    private void read(
            @Nullable String signature, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean asynchronous = RequestBodies.canReadAsynchronously(request)
                && !RequestBodies.hasArrived(request)
                && !handlers.isHandled(request);
        UnverifiedBodyLimiter.Body body = bodyLimiter.tryOpen();
        if (body == null) {
            responses.rejectUnread(request, response, Outcome.OVERLOADED);
        } else if (asynchronous) {
            AsyncBodyReader.start(body, bodyLimiter.readTimeout(), request, response, processor);
        } else {
            byte[] signedBody = readBlocking(body, signature, request, response);
            if (signedBody != null) {
                process(signedBody, request, response, chain);
            }
        }
    }

    // null if the request has been rejected
    private byte @Nullable [] readBlocking(
            UnverifiedBodyLimiter.Body body,
            @Nullable String signature,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Outcome failure;
        try (body) {
            failure = BlockingBodyReader.read(request, body);
            if (failure == null && processor.isSigned(body.bytes(), signature)) {
                return body.bytes();
            }
        }
        if (failure == null) {
            responses.reject(response, Outcome.INVALID_SIGNATURE);
        } else {
            responses.rejectUnread(request, response, failure);
        }
        return null;
    }

    private void process(byte[] signedBody, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        WebhookProcessor.Decision decision = processor.begin(signedBody);
        if (decision instanceof WebhookDelivery delivery) {
            deliver(delivery, request, response, chain);
        } else if (decision instanceof WebhookDelivery.Rejected rejected) {
            responses.reject(response, rejected.outcome());
        }
    }

    private void deliver(
            WebhookDelivery delivery, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Outcome outcome = Outcome.FAILED;
        try {
            outcome = handle(delivery, new CachedBodyRequest(request, delivery.body()), response, chain);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new DeliveryCompletionListener(delivery, response, processor));
            } else {
                processor.complete(delivery, outcome);
            }
        }
    }

    // first by the listeners, and then by a handler, which may respond after this method has returned
    private Outcome handle(
            WebhookDelivery delivery, CachedBodyRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Outcome dispatched = processor.dispatch(delivery);
        if (dispatched != Outcome.ACCEPTED) {
            WebhookResponses.setOutcome(response, dispatched);
            return dispatched;
        }
        if (handlers.isHandled(request)) {
            VerifiedWebhook.mark(request, delivery);
            chain.doFilter(request, response);
        } else {
            WebhookResponses.setOutcome(response, dispatched);
        }
        return DeliveryCompletionListener.outcomeOf(response);
    }
}
