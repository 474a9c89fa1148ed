package com.lattestream.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChannelSignerTests {

    private static final String KEY = "lsk_test_secret";

    private final ChannelSigner signer = new ChannelSigner(KEY);

    private final String auth = signer.authorizeChannel("1.2", "private-a").auth();

    @Test
    void signaturesOfTheSignerAreValid() {
        ChannelAuthorization joining = signer.authorizePresenceChannel("1.2", "presence-a", PresenceMember.of("7"));

        assertThat(signer.verify(auth, "private-a", null)).isTrue();
        assertThat(signer.verify(auth, "private-a", "")).isTrue();
        assertThat(signer.verify(joining.auth(), "presence-a", joining.channelData()))
                .isTrue();
        assertThat(signer.verify(joining.auth(), "presence-a", "{\"user_id\":\"8\"}"))
                .isFalse();
        assertThat(signer.verify(auth, "private-b", null)).isFalse();
        assertThat(new ChannelSigner("lsk_another").verify(auth, "private-a", null))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {":", ":junk", ":{\"user_id\":\"7\"}", " ", "\n", "0", "\0"})
    void textAfterTheSignatureIsNotAccepted(String more) {
        assertThat(signer.verify(auth + more, "private-a", null)).isFalse();
    }

    @Test
    void anAuthorizationHasExactlyTwoParts() {
        String signature = auth.substring(auth.indexOf(':') + 1);

        assertThat(signer.verify(signature, "private-a", null)).isFalse();
        assertThat(signer.verify(":" + signature, "private-a", null)).isFalse();
        assertThat(signer.verify("1.2:", "private-a", null)).isFalse();
        assertThat(signer.verify("1.2", "private-a", null)).isFalse();
        assertThat(signer.verify("x:" + auth, "private-a", null)).isFalse();
        assertThat(signer.verify("1.2:" + signature.toUpperCase(Locale.ROOT), "private-a", null))
                .isFalse();
    }

    @Test
    void dataThatWasSignedCannotBecomeAPartOfTheChannel() {
        ChannelAuthorization joining = signer.authorizePresenceChannel("1.2", "presence-a", PresenceMember.of("7"));

        assertThat(signer.verify(joining.auth(), "presence-a:" + joining.channelData(), null))
                .isFalse();
        // even if the signature fits
        assertThat(signer.verify(signer.sign("1.2", "presence-a:x", null), "presence-a:x", null))
                .isFalse();
    }

    @Test
    void aChannelThatWasSignedCannotBecomeAPartOfTheSocketId() {
        String moved = signer.sign("1.2:private-b", "private-a", null);

        assertThat(signer.verify(moved, "private-a", null)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"public", "private-a,b", "private-a b", "user-auth-2", "private-a\n"})
    void onlyAValidChannelThatNeedsAuthorizationIsVerified(String channel) {
        String signed = signer.sign("1.2", String.valueOf(channel), null);

        assertThat(signer.verify(signed, channel, null)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"1", "A.B", "1.2.3", "11111111111111111111111111111111f.2"})
    void onlyAValidSocketIdIsVerified(String socketId) {
        String signed = signer.sign(String.valueOf(socketId), "private-a", null);

        assertThat(signer.verify(signed, "private-a", null)).isFalse();
    }

    @Test
    void dataWithHalfASurrogatePairDiffersFromDataWithAQuestionMark() {
        String signed = signer.sign("1.2", "presence-a", "{\"user_id\":\"a?\"}");

        assertThat(signer.verify(signed, "presence-a", "{\"user_id\":\"a?\"}")).isTrue();
        assertThat(signer.verify(signed, "presence-a", "{\"user_id\":\"a\ud800\"}"))
                .isFalse();
        assertThat(signer.authorizePresenceChannel("1.2", "presence-a", PresenceMember.of("a\ud800"))
                        .channelData())
                .isEqualTo("{\"user_id\":\"a\\ud800\"}");
    }

    @Test
    void userDataIsWrittenByTheApplicationsMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.KEBAB_CASE)
                .build();
        ChannelSigner withMapper = new ChannelSigner(KEY, mapper, Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC));

        String authenticated = withMapper.authenticateUser("1.2", new Named("Ann"));

        assertThat(withMapper.verify(
                        authenticated,
                        "user-auth",
                        "{\"socket_id\":\"1.2\",\"user_data\":{\"display-name\":\"Ann\"},\"timestamp\":5}"))
                .isTrue();
    }

    @Test
    void infoThatCannotBeWrittenIsABadArgument() {
        Map<String, Object> circular = new HashMap<>();
        circular.put("self", circular);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> signer.authorizePresenceChannel("1.2", "presence-a", PresenceMember.of("7", circular)))
                .withMessageContaining("user info cannot be written as JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.authenticateUser("1.2", circular))
                .withMessageContaining("user data cannot be written as JSON");
    }

    record Named(String displayName) {}
}
