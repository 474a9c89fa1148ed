package com.lattestream.spring.internal.webhook.servlet;

import static com.lattestream.spring.internal.webhook.WebhookFixture.BODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookDelivery;
import com.lattestream.spring.internal.webhook.WebhookFixture;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.http.MockHttpOutputMessage;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.server.ResponseStatusException;

class WebhookPayloadHttpMessageConverterTests {

    private final WebhookPayloadHttpMessageConverter converter = new WebhookPayloadHttpMessageConverter();

    private final WebhookDelivery delivery = new WebhookFixture().delivery();

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @AfterEach
    void reset() {
        RequestContextHolder.resetRequestAttributes();
    }

    private WebhookPayload read(HttpInputMessage message) throws IOException {
        return converter.read(WebhookPayload.class, message);
    }

    private void isRefused(HttpInputMessage message) {
        assertThatExceptionOfType(ResponseStatusException.class)
                .isThrownBy(() -> read(message))
                .satisfies(
                        failure -> assertThat(failure.getStatusCode().value()).isEqualTo(401));
    }

    @Test
    void onlyWebhooksAreReadAndNothingIsWritten() {
        assertThat(converter.canRead(WebhookPayload.class, MediaType.TEXT_PLAIN))
                .isTrue();
        assertThat(converter.canRead(Object.class, MediaType.APPLICATION_JSON)).isFalse();
        assertThat(converter.canWrite(WebhookPayload.class, MediaType.APPLICATION_JSON))
                .isFalse();
        assertThatExceptionOfType(HttpMessageNotWritableException.class)
                .isThrownBy(() -> converter.write(delivery.payload(), null, new MockHttpOutputMessage()));
    }

    @Test
    void theBodyOfAVerifiedRequestIsItsPayload() throws IOException {
        request.setContent(BODY);
        VerifiedWebhook.mark(request, delivery);

        assertThat(read(new ServletServerHttpRequest(request))).isSameAs(delivery.payload());
    }

    @Test
    void aMessageThatWrapsTheRequestBelongsToTheCurrentRequest() throws IOException {
        VerifiedWebhook.mark(request, delivery);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));

        assertThat(read(new MockHttpInputMessage(BODY))).isSameAs(delivery.payload());
    }

    @Test
    void anUnverifiedBodyIsRefusedAndNotRead() {
        ClientRequest unverified = new ClientRequest("POST", "/", BODY.length).with(BODY);

        isRefused(new ServletServerHttpRequest(unverified));
        isRefused(new MockHttpInputMessage(BODY));

        assertThat(unverified.read).isZero();
    }

    @Test
    void anotherBodyThanTheVerifiedOneIsRefused() {
        request.setContent(new byte[] {'{', '}'});
        VerifiedWebhook.mark(request, delivery);

        isRefused(new ServletServerHttpRequest(request));
    }
}
