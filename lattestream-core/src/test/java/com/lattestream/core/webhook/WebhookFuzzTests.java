package com.lattestream.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.Fuzzer;
import org.junit.jupiter.api.Test;

/** Any body of a webhook is either parsed or rejected. */
class WebhookFuzzTests {

    private final Fuzzer fuzzer = Fuzzer.of(
            "{\"time_ms\":1700000000000,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}",
            "{\"time_ms\":1700000000000,\"events\":[{\"name\":\"member_added\",\"channel\":\"presence-a\",\"user_id\":\"1\"},"
                    + "{\"name\":\"member_removed\",\"channel\":\"presence-a\",\"userId\":\"1\"}]}",
            "{\"time_ms\":1700000000000,\"events\":[{\"name\":\"client_event\",\"channel\":\"private-a\",\"event\":\"client-b\","
                    + "\"data\":\"{\\\"a\\\":1}\",\"socket_id\":\"1.2\",\"user_id\":\"1\"}]}",
            "{\"time_ms\":1700000000000,\"events\":[{\"name\":\"subscription_count\",\"channel\":\"a\",\"subscription_count\":3}]}");

    @Test
    void aBodyIsParsedOrRejected() {
        fuzzer.run(body -> {
            try {
                WebhookPayload payload = WebhookPayload.parse(body);
                assertThat(payload.events()).doesNotContainNull();
                assertThat(payload.toString()).isNotNull();
            } catch (IllegalArgumentException rejected) {
                assertThat(rejected.getMessage()).isNotBlank().hasSizeLessThan(200);
            }
        });
    }
}
