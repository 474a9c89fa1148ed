package com.lattestream.spring.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookPayload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpEntity;
import org.springframework.http.RequestEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;
import reactor.core.publisher.Mono;

class PayloadParameterDetectorTests {

    private final PayloadParameterDetector detector = new PayloadParameterDetector();

    private boolean isPresent(String method) {
        return Stream.of(Controller.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .map(candidate -> detector.isPresent(new HandlerMethod(new Controller(), candidate)))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "part", "entity", "requestEntity", "publisher", "second"})
    void aMethodWhoseParameterIsReadFromTheBodyReadsWebhooks(String method) {
        assertThat(isPresent(method)).isTrue();
        assertThat(isPresent(method)).as("the result is kept").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attribute", "otherBody", "otherEntity", "none"})
    void otherMethodsDoNot(String method) {
        assertThat(isPresent(method)).isFalse();
    }

    @SuppressWarnings("unused")
    static final class Controller {

        void body(@RequestBody WebhookPayload payload) {}

        void part(@RequestPart WebhookPayload payload) {}

        void entity(HttpEntity<WebhookPayload> payload) {}

        void requestEntity(RequestEntity<List<WebhookPayload>> payload) {}

        void publisher(@RequestBody Mono<WebhookPayload> payload) {}

        void second(String first, @RequestBody WebhookPayload payload) {}

        void attribute(WebhookPayload payload) {}

        void otherBody(@RequestBody List<String> body) {}

        void otherEntity(HttpEntity<byte[]> body) {}

        void none() {}
    }
}
