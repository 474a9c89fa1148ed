package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookProcessor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/** Sends the responses to requests that are not dispatched, and reports the outcome. Thread-safe. */
final class WebhookResponses {

    private final WebhookProcessor processor;

    WebhookResponses(WebhookProcessor processor) {
        this.processor = processor;
    }

    /**
     * Rejects a request whose body has been read. Sets the status only, because an error would lead to an error page.
     */
    void reject(HttpServletResponse response, Outcome outcome) {
        setOutcome(response, outcome);
        processor.reportRejection(outcome);
    }

    /** Sets the status and the headers of an outcome. */
    static void setOutcome(HttpServletResponse response, Outcome outcome) {
        String retryAfter = outcome.retryAfter();
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        response.setStatus(outcome.status().value());
    }

    /** Rejects a request whose body has not been read completely. */
    void rejectUnread(HttpServletRequest request, HttpServletResponse response, Outcome outcome) throws IOException {
        reject(response, outcome);
        UnreadBodyDiscarder.discard(request, response);
    }
}
