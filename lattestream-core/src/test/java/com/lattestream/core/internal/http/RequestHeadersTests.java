package com.lattestream.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ServiceOperation;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import com.lattestream.core.support.Vectors;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class RequestHeadersTests {

    private static final LatteStreamSecret SECRET = LatteStreamSecret.of("lsk_test_secret");

    @TestFactory
    Stream<DynamicTest> headers() {
        return Vectors.replay("signing", "headers", vector -> {
            String[] line = vector.path("request").stringValue().split(" ", 2);
            BasicHttpRequest message = message(line[0], line[1], Instant.ofEpochSecond(1795471308L));
            JsonNode sent = vector.path("sent_by_sdk");

            assertThat(Arrays.stream(message.getHeaders())
                            .map(header -> header.getName().toLowerCase(Locale.ROOT)))
                    .containsExactlyInAnyOrderElementsOf(sent.propertyNames());
            for (String same : Set.of("content-type", "authorization", "x-lattestream-timestamp")) {
                assertThat(value(message, same)).isEqualTo(sent.path(same).stringValue());
            }
            assertThat(new RequestSigner(SECRET)
                            .verify(
                                    value(message, "x-lattestream-signature"),
                                    line[0],
                                    line[1],
                                    new byte[0],
                                    value(message, "x-lattestream-timestamp"),
                                    value(message, "x-lattestream-nonce")))
                    .isTrue();
        });
    }

    @Test
    void theNonceIsTheTimeInBase36AndSixteenHexadecimalDigits() {
        for (JsonNode part : Vectors.load("channel-auth").path("socket_id").path("timestamp_part")) {
            BasicHttpRequest message = message(
                    "GET", "/channels", Instant.ofEpochMilli(part.path("ms").asLong()));

            assertThat(value(message, "x-lattestream-nonce"))
                    .startsWith(part.path("base36").stringValue() + ".")
                    .matches("[0-9a-z]+\\.[0-9a-f]{16}");
        }
    }

    @Test
    void everyAttemptHasANonceOfItsOwn() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            nonces.add(value(message("GET", "/channels", Instant.EPOCH), "x-lattestream-nonce"));
        }

        assertThat(nonces).hasSize(10_000);
    }

    @Test
    void anUnsignedRequestDoesNotCarryTheSecret() {
        BasicHttpRequest message = new BasicHttpRequest("POST", "/apps/token");
        new RequestHeaders(SECRET, Clock.systemUTC())
                .addTo(message, new ServiceRequest(ServiceOperation.CREATE_CLIENT_TOKEN, new byte[0], null));

        assertThat(message.getHeaders()).extracting(Header::getName).containsExactly("Content-Type");
    }

    private static BasicHttpRequest message(String method, String path, Instant now) {
        BasicHttpRequest message = new BasicHttpRequest(method, path);
        new RequestHeaders(SECRET, Clock.fixed(now, ZoneOffset.UTC))
                .addTo(
                        message,
                        new ServiceRequest(
                                method.equals("GET") ? ServiceOperation.GET_CHANNELS : ServiceOperation.TRIGGER,
                                path,
                                null));
        return message;
    }

    private static String value(BasicHttpRequest message, String name) {
        return message.getFirstHeader(name).getValue();
    }
}
