package com.lattestream.core.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.support.Vectors;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class SigningVectorsTests {

    @TestFactory
    Stream<DynamicTest> requestSignatures() {
        return Vectors.replay("signing", "request_signing", vector -> {
            RequestSigner signer =
                    new RequestSigner(LatteStreamSecret.of(vector.path("secret").stringValue()));
            String method = vector.path("method").stringValue();
            String path = vector.path("path").stringValue();
            byte[] body = Vectors.text(vector.path("body")).getBytes(UTF_8);
            String timestamp = vector.path("timestamp").stringValue();
            String nonce = vector.path("nonce").stringValue();
            String signature = vector.path("signature").stringValue();

            assertThat(signer.sign(method, path, body, timestamp, nonce)).isEqualTo(signature);
            assertThat(signer.verify(signature, method, path, body, timestamp, nonce))
                    .isTrue();
            assertThat(signer.verify(signature, method, path + "x", body, timestamp, nonce))
                    .isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> webhookSignatures() {
        return Vectors.replay("webhook", "webhook", vector -> {
            WebhookSigner signer = new WebhookSigner(vector.path("secret").stringValue());
            byte[] body = Vectors.text(vector.path("payload")).getBytes(UTF_8);
            String signature = vector.path("signature").stringValue();

            assertThat(signer.sign(body)).isEqualTo(signature);
            assertThat(signer.verify(body, signature)).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> webhookVerification() {
        return Vectors.replay("webhook", "webhook_verify", vector -> {
            JsonNode payload = vector.path("payload");
            byte[] body = (payload.isObject() ? payload.path("bytes_utf8") : payload)
                    .stringValue()
                    .getBytes(UTF_8);
            JsonNode expected = vector.path("exported_verifyWebhookSignature");
            WebhookSigner signer = new WebhookSigner(expected.path("secret").stringValue());

            // where the SDK throws, the client returns false
            assertThat(signer.verify(body, Vectors.text(vector.path("signature"))))
                    .isEqualTo(expected.path("result").asBoolean(false));
        });
    }

    @TestFactory
    Stream<DynamicTest> channelAuthorizations() {
        return Vectors.replay("channel-auth", "channel_auth", SigningVectorsTests::replayChannelAuthorization);
    }

    private static void replayChannelAuthorization(JsonNode vector) {
        ChannelSigner signer = new ChannelSigner(vector.path("secret").stringValue());
        String socketId = vector.path("socket_id").stringValue();
        String channel = vector.path("channel").stringValue();
        String auth = Vectors.text(vector.path("auth"));
        String channelData = Vectors.text(vector.path("channel_data"));
        switch (vector.path("via").stringValue()) {
            case "EncryptionHelper.generateAuthString" ->
                assertThat(signer.sign(socketId, channel, channelData)).isEqualTo(auth);
            case "ServerAuthorizer.authorizeChannel" -> {
                if (vector.path("accepted").booleanValue()) {
                    assertThat(signer.authorizeChannel(socketId, channel))
                            .isEqualTo(new ChannelAuthorization(auth, null));
                } else {
                    assertThatIllegalArgumentException().isThrownBy(() -> signer.authorizeChannel(socketId, channel));
                }
            }
            case "ServerAuthorizer.authorizePresenceChannel" -> {
                if (vector.path("accepted").booleanValue()) {
                    // the client writes user_id first, so the signature is compared over the given data
                    assertThat(signer.sign(socketId, channel, channelData)).isEqualTo(auth);
                    assertThat(signer.verify(auth, channel, channelData)).isTrue();
                } else {
                    JsonNode userData = vector.path("user_data");
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> signer.authorizePresenceChannel(
                                    socketId,
                                    channel,
                                    Vectors.isJs(userData, "undefined")
                                            ? null
                                            : PresenceMember.of(Vectors.text(userData.path("user_id")))));
                }
            }
            default -> throw new IllegalStateException("A vector of an unknown kind: " + vector);
        }
    }

    @TestFactory
    Stream<DynamicTest> channelAuthorizationVerification() {
        return Vectors.replay("channel-auth", "channel_auth_verify", vector -> {
            ChannelSigner signer = new ChannelSigner(vector.path("secret").stringValue());

            assertThat(signer.verify(
                            Vectors.text(vector.path("auth")),
                            vector.path("channel").stringValue(),
                            Vectors.text(vector.path("channel_data"))))
                    .isEqualTo(vector.path("valid").booleanValue());
        });
    }

    @TestFactory
    Stream<DynamicTest> userAuthentication() {
        return Vectors.replay("channel-auth", "user_auth", vector -> {
            Instant now = Instant.ofEpochMilli(vector.path("timestamp_ms").asLong());
            ChannelSigner signer = new ChannelSigner(
                    vector.path("secret").stringValue(), Vectors.JSON, Clock.fixed(now, ZoneOffset.UTC));
            JsonNode userData = vector.path("user_data");
            Object data = Vectors.isJs(userData, "undefined")
                    ? null
                    : userData.isObject() ? Vectors.JSON.convertValue(userData, Map.class) : userData;

            assertThat(signer.authenticateUser(vector.path("socket_id").stringValue(), data))
                    .isEqualTo(vector.path("auth").stringValue());
        });
    }
}
