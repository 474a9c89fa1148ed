package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.lattestream.core.crypto.ChannelSigner;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** A client authorizes subscriptions with its own secret, and without the service. */
class LocalAuthorizationTests {

    private static final String SECRET = "lsk_local_authorization";

    private static final ChannelSigner SIGNER = new ChannelSigner(SECRET);

    static Stream<LatteStreamClient> clients() {
        return Stream.of(
                LatteStreamClient.builder(SECRET)
                        .endpoint("localhost:1")
                        .useTls(false)
                        .build(),
                new OfflineLatteStreamClient(SECRET, JsonMapper.builder().build()));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theAuthorizationIsSignedWithTheSecretOfTheClient(LatteStreamClient client) {
        PresenceMember member = PresenceMember.of("alice", Map.of("name", "Alice"));
        try (client) {
            assertTimeout(Duration.ofSeconds(5), () -> {
                assertThat(client.authorizeChannelLocally("1.2", "private-a"))
                        .isCompletedWithValue(SIGNER.authorizeChannel("1.2", "private-a"));
                assertThat(client.authorizeChannelLocally("1.2", "presence-a", member))
                        .isCompletedWithValue(SIGNER.authorizePresenceChannel("1.2", "presence-a", member));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void badArgumentsAreThrown(LatteStreamClient client) {
        try (client) {
            assertThatIllegalArgumentException().isThrownBy(() -> client.authorizeChannelLocally("1.2", "public"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.authorizeChannelLocally("1.2", "presence-a", null));
        }
    }

    @Test
    void aClosedClientAuthorizesNothing() {
        LatteStreamClient client = LatteStreamClient.create(SECRET);
        client.close();

        assertThatIllegalStateException().isThrownBy(() -> client.authorizeChannelLocally("1.2", "private-a"));
    }
}
