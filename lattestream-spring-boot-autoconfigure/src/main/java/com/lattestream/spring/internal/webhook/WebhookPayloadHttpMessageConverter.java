package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookPayload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;

/** Reads {@code @RequestBody WebhookPayload}. Thread-safe. */
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
        try {
            return WebhookPayload.parse(message.getBody().readAllBytes());
        } catch (IllegalArgumentException ex) {
            throw new HttpMessageNotReadableException(String.valueOf(ex.getMessage()), ex, message);
        }
    }

    @Override
    protected void writeInternal(WebhookPayload payload, HttpOutputMessage message) {
        throw new HttpMessageNotWritableException("Webhooks are only read");
    }
}
