package com.lattestream.core.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.Fuzzer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any response is either read or rejected as malformed. */
class ResponseFuzzTests {

    private final Fuzzer fuzzer = Fuzzer.of(
            "{\"channels\":{\"presence-a\":{\"user_count\":3,\"subscription_count\":7,\"occupied\":true},\"b\":{}}}",
            "{\"occupied\":true,\"userCount\":3,\"subscriptionCount\":12}",
            "{\"users\":[{\"id\":\"alice\"},{\"id\":\"bob\"}]}",
            "{\"auth\":\"lspc_token\",\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\"}",
            "{\"access_token\":\"lspc_token\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"tenant_id\":\"t\"}",
            "{\"ok\":true,\"channels\":[\"a\",\"b\"],\"triggered\":5}");

    static Stream<Function<byte[], Object>> readers() {
        return Stream.of(
                ResponseReader::channelInfo,
                ResponseReader::channels,
                ResponseReader::users,
                ResponseReader::authorization,
                ResponseReader::clientToken);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aResponseIsReadOrMalformed(Function<byte[], Object> reader) {
        fuzzer.run(body -> {
            try {
                assertThat(reader.apply(body).toString()).isNotNull();
            } catch (MalformedResponseException rejected) {
                assertThat(rejected).hasMessageNotContaining("lspc_");
            }
        });
    }

    @Test
    void theResponseToAnEventIsAlwaysRead() {
        fuzzer.run(body -> assertThat(ResponseReader.trigger(List.of("a"), body).channels())
                .isNotEmpty());
    }
}
