package com.lattestream.spring.internal.webhook;

import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Answers requests that are not dispatched, and reports the outcome. Thread-safe. */
final class WebhookResponses {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final WebhookProcessor processor;

    WebhookResponses(WebhookProcessor processor) {
        this.processor = processor;
    }

    /** Rejects a request whose body has been read. By the status alone, as an error would lead to an error page. */
    void reject(HttpServletResponse response, Outcome outcome) {
        answer(response, outcome);
        processor.rejected(outcome);
    }

    /** Sets the status and the headers of an outcome. */
    static void answer(HttpServletResponse response, Outcome outcome) {
        if (outcome.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.setStatus(outcome.status().value());
    }

    /** Rejects a request whose body has not been read to its end. */
    void rejectUnread(HttpServletRequest request, HttpServletResponse response, Outcome outcome) throws IOException {
        reject(response, outcome);
        UnreadBody.discard(request, response);
    }
}
