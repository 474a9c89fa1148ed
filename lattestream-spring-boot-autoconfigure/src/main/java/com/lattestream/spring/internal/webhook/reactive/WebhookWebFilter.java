package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookDelivery;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import com.lattestream.spring.internal.webhook.WebhookVerifier;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Receives webhooks on Spring WebFlux. The cheap checks come first: method, form of the signature, announced length.
 * Then the body is read within the bounds of {@link UnverifiedBodyLimiter}, and {@link WebhookProcessor} processes the
 * webhook. Only a verified request whose events have been dispatched continues, with a mark, to a handler of the
 * application, if there is one.
 *
 * <p>Replay guards, transactions and listeners may block, so they are called on Reactor's bounded elastic scheduler.
 * The dispatch of a verified webhook is always completed, even if the client disconnects: listeners are not
 * interrupted, and the claim is completed or released. Thread-safe.
 */
public final class WebhookWebFilter implements WebFilter, Ordered {

    /** Directly before Spring Security's filters, which do not know the signature and would refuse the requests. */
    static final int ORDER = -101;

    // verifying a body of this size takes less time than switching threads
    private static final int MAX_SIZE_VERIFIED_ON_EVENT_LOOP = 64 * 1024;

    // of verified bodies that wait for a thread of the scheduler: a captured webhook can be sent again any number of
    // times
    private static final int MAX_WAITING_KIBIBYTES = 8 * 1024;

    private final Semaphore waitingKibibytes = new Semaphore(MAX_WAITING_KIBIBYTES);

    private final UnverifiedBodyLimiter bodyLimiter;

    private final WebhookProcessor processor;

    private final WebhookHandlers handlers;

    private final Scheduler scheduler = Schedulers.boundedElastic();

    /**
     * Creates a filter.
     * @param bodyLimiter limits the bodies that are read before they are verified
     * @param processor processes webhooks
     * @param handlers determines whether a handler of the application receives a webhook
     */
    public WebhookWebFilter(UnverifiedBodyLimiter bodyLimiter, WebhookProcessor processor, WebhookHandlers handlers) {
        this.bodyLimiter = bodyLimiter;
        this.processor = processor;
        this.handlers = handlers;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!handlers.path().matchesExactly(exchange.getRequest().getPath().pathWithinApplication())
                || VerifiedWebhook.of(exchange) != null) {
            return chain.filter(exchange);
        }
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpResponse response = exchange.getResponse();
        String signature = request.getHeaders().getFirst(WebhookVerifier.SIGNATURE_HEADER);
        if (!HttpMethod.POST.equals(request.getMethod())) {
            response.getHeaders().set(HttpHeaders.ALLOW, "POST");
            response.setStatusCode(HttpStatus.METHOD_NOT_ALLOWED);
            processor.reportRejection(Outcome.MALFORMED);
            return WebhookResponses.sendAndClose(response).then(BodyReader.discard(request));
        }
        if (!processor.isWellFormed(signature)) {
            return rejectUnread(exchange, Outcome.INVALID_SIGNATURE, BodyReader.discard(request));
        }
        if (request.getHeaders().getContentLength() > bodyLimiter.maxBodySize()) {
            return rejectUnread(exchange, Outcome.OVERSIZED, BodyReader.discard(request));
        }
        UnverifiedBodyLimiter.Body body = bodyLimiter.tryOpen();
        return body == null
                ? rejectUnread(exchange, Outcome.OVERLOADED, BodyReader.discard(request))
                : read(body, signature, exchange, chain);
    }

    private Mono<Void> rejectUnread(ServerWebExchange exchange, Outcome outcome, Mono<Void> discard) {
        WebhookResponses.setOutcome(exchange.getResponse(), outcome);
        processor.reportRejection(outcome);
        return WebhookResponses.sendAndClose(exchange.getResponse()).then(discard);
    }

    private Mono<Void> read(
            UnverifiedBodyLimiter.Body body,
            @Nullable String signature,
            ServerWebExchange exchange,
            WebFilterChain chain) {
        BodyReader reader = BodyReader.reading(exchange.getRequest(), body);
        return reader.read(bodyLimiter.readTimeout())
                .flatMap(refusal -> refusal.isPresent()
                        ? rejectUnread(exchange, refusal.get(), reader.discardRest())
                        : process(body, signature, exchange, chain))
                .doFinally(signal -> {
                    reader.cancel();
                    body.close();
                });
    }

    // cached, because the subscription to a cached publisher is not cancelled with the server's subscription
    private Mono<Void> process(
            UnverifiedBodyLimiter.Body body,
            @Nullable String signature,
            ServerWebExchange exchange,
            WebFilterChain chain) {
        return verify(body, signature)
                .flatMap(signed -> signed
                        ? beginOnScheduler(body.bytes(), exchange, chain)
                        : reject(exchange, Outcome.INVALID_SIGNATURE))
                .cache();
    }

    private Mono<Void> beginOnScheduler(byte[] signedBody, ServerWebExchange exchange, WebFilterChain chain) {
        int kibibytes = 1 + signedBody.length / 1024;
        if (!waitingKibibytes.tryAcquire(kibibytes)) {
            return reject(exchange, Outcome.OVERLOADED);
        }
        return Mono.just(signedBody)
                .publishOn(scheduler)
                .doOnTerminate(() -> waitingKibibytes.release(kibibytes))
                .flatMap(verified -> begin(verified, exchange, chain));
    }

    // a webhook with an invalid signature does not use a thread of the scheduler; a verified one that waits for a
    // thread no longer counts as unverified
    private Mono<Boolean> verify(UnverifiedBodyLimiter.Body body, @Nullable String signature) {
        Mono<Boolean> signed = Mono.fromCallable(() -> isSigned(body, signature));
        return body.bytes().length <= MAX_SIZE_VERIFIED_ON_EVENT_LOOP ? signed : signed.subscribeOn(scheduler);
    }

    private boolean isSigned(UnverifiedBodyLimiter.Body read, @Nullable String signature) {
        try (read) {
            return processor.isSigned(read.bytes(), signature);
        }
    }

    private Mono<Void> reject(ServerWebExchange exchange, Outcome outcome) {
        WebhookResponses.setOutcome(exchange.getResponse(), outcome);
        processor.reportRejection(outcome);
        return Mono.empty();
    }

    private Mono<Void> begin(byte[] signedBody, ServerWebExchange exchange, WebFilterChain chain) {
        WebhookProcessor.Decision decision = processor.begin(signedBody);
        if (decision instanceof WebhookDelivery.Rejected rejected) {
            return reject(exchange, rejected.outcome());
        }
        WebhookDelivery delivery = (WebhookDelivery) decision;
        return dispatch(delivery)
                .flatMap(dispatched -> {
                    if (dispatched == Outcome.ACCEPTED) {
                        return handle(delivery, exchange, chain);
                    }
                    WebhookResponses.setOutcome(exchange.getResponse(), dispatched);
                    return Mono.just(dispatched);
                })
                .onErrorResume(ex -> complete(delivery, Outcome.FAILED).then(Mono.error(ex)))
                .flatMap(outcome -> complete(delivery, outcome));
    }

    // in handle(), which restores thread locals, such as the current observation, from Reactor's context
    private Mono<Outcome> dispatch(WebhookDelivery delivery) {
        return Mono.just(delivery).handle((claimed, sink) -> sink.next(processor.dispatch(claimed)));
    }

    // a handler of the application responds after the listeners
    private Mono<Outcome> handle(WebhookDelivery delivery, ServerWebExchange exchange, WebFilterChain chain) {
        CachedBodyExchange verified = new CachedBodyExchange(exchange, delivery.body());
        return handlers.isHandled(verified).flatMap(handled -> {
            if (!handled) {
                WebhookResponses.setOutcome(exchange.getResponse(), Outcome.ACCEPTED);
                return Mono.just(Outcome.ACCEPTED);
            }
            VerifiedWebhook mark = VerifiedWebhook.mark(verified, delivery);
            return chain.filter(verified)
                    .contextWrite(mark::in)
                    .then(Mono.fromCallable(() -> WebhookResponses.outcomeOf(exchange.getResponse())));
        });
    }

    private Mono<Void> complete(WebhookDelivery delivery, Outcome outcome) {
        return Mono.<Void>fromRunnable(() -> processor.complete(delivery, outcome))
                .subscribeOn(scheduler);
    }
}
