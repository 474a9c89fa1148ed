package com.lattestream.spring.internal.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelName;
import com.lattestream.core.SocketId;
import com.lattestream.testsupport.Fuzzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

/** Any body of a request for a subscription is either a valid request or rejected. */
class SubscriptionRequestFuzzTests {

    private final SubscriptionRequestReader reader = new SubscriptionRequestReader();

    private void run(MediaType type, Fuzzer fuzzer) {
        fuzzer.run(body -> {
            try {
                SubscriptionRequest request = reader.read(type, body);
                assertThat(SocketId.isSignable(request.socketId())).isTrue();
                assertThat(ChannelName.isValid(request.channel())).isTrue();
                assertThat(request.channel()).matches("(private|presence)-.*");
            } catch (RejectedRequestException rejected) {
                assertThat(rejected.status().is4xxClientError()).isTrue();
            }
        });
    }

    @Test
    void jsonIsReadOrRejected() {
        run(
                MediaType.APPLICATION_JSON,
                Fuzzer.of(
                        "{\"socket_id\":\"123.456\",\"channel_name\":\"private-user-alice\"}",
                        "{\"channel_name\":\"presence-room\",\"socket_id\":\"1a.2f\",\"channel_data\":\"{}\",\"more\":[1,{}]}"));
    }

    @Test
    void formsAreReadOrRejected() {
        run(
                MediaType.APPLICATION_FORM_URLENCODED,
                Fuzzer.of(
                        "socket_id=123.456&channel_name=private-user-alice",
                        "channel_name=presence%2Droom&socket_id=1a.2f&channel_data=%7B%7D"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "a/b;c=\"", "a\"/b\",", "text/plain; a=\"b", "a/b;\"c\"=d", "\"a/b"})
    void unbalancedQuotesInAContentTypeAreIgnored(String header) {
        assertThat(SubscriptionRequestReader.contentType(header)).isNotNull();
    }

    @Test
    void contentTypesAreParsedOrIgnored() {
        Fuzzer.of("application/json;charset=utf-8", "application/x-www-form-urlencoded", "text/plain; a=\"b\"")
                .run(header -> assertThat(SubscriptionRequestReader.contentType(new String(header, ISO_8859_1)))
                        .isNotNull());
    }
}
