package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.core.webhook.WebhookPayload;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.server.ResponseStatusException;

/**
 * Converts the body of a verified request to {@link WebhookPayload}, on any path. The body of any other request is
 * refused with status 401. Thread-safe.
 */
public final class WebhookPayloadHttpMessageConverter extends AbstractHttpMessageConverter<WebhookPayload> {

    /** Creates a converter. */
    public WebhookPayloadHttpMessageConverter() {
        super(MediaType.ALL);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == WebhookPayload.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected WebhookPayload readInternal(Class<? extends WebhookPayload> type, HttpInputMessage message)
            throws IOException {
        ServletRequest request = request(message);
        VerifiedWebhook verified = request == null ? null : VerifiedWebhook.of(request);
        // an unverified body is not read at all
        WebhookPayload payload =
                verified == null ? null : verified.payloadOf(message.getBody().readAllBytes());
        if (payload == null) {
            throw new ResponseStatusException(
                    HttpStatus.UNAUTHORIZED, "A WebhookPayload is read only from a request that has been verified");
        }
        return payload;
    }

    private static @Nullable ServletRequest request(HttpInputMessage message) {
        if (message instanceof ServletServerHttpRequest current) {
            return current.getServletRequest();
        }
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? current.getRequest()
                : null;
    }

    @Override
    protected void writeInternal(WebhookPayload payload, HttpOutputMessage message) {
        throw new HttpMessageNotWritableException("Webhooks are only read");
    }
}
