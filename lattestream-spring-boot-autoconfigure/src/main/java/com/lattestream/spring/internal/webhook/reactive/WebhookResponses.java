package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Responses without a body. Thread-safe. */
final class WebhookResponses {

    private WebhookResponses() {}

    /** Sets the status and the headers of an outcome. Spring sends the response when the request has been handled. */
    static void setOutcome(ServerHttpResponse response, Outcome outcome) {
        String retryAfter = outcome.retryAfter();
        if (retryAfter != null) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        response.setStatusCode(outcome.status());
    }

    /**
     * Sends the response to a request whose body has not been read completely, and closes the connection, because the
     * rest of the body would be interpreted as a request. With HTTP/2, servers remove the header.
     */
    static Mono<Void> sendAndClose(ServerHttpResponse response) {
        response.getHeaders().setContentLength(0);
        response.getHeaders().set(HttpHeaders.CONNECTION, "close");
        return response.writeAndFlushWith(Flux.just(Flux.empty()));
    }

    /** Returns the outcome of a response of the application. */
    static Outcome outcomeOf(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        return status == null || status.value() < 400 ? Outcome.ACCEPTED : Outcome.FAILED;
    }
}
