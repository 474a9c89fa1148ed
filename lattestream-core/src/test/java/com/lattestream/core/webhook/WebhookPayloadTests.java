package com.lattestream.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookPayloadTests {

    private static WebhookPayload parse(String body) {
        return WebhookPayload.parse(body.getBytes(UTF_8));
    }

    @Test
    void payloadsOfTheServiceAreParsed() {
        WebhookPayload payload = parse("""
                {"time_ms":1674123456789,"events":[
                 {"name":"channel_occupied","channel":"chat-room-1"},
                 {"name":"channel_vacated","channel":"chat-room-1"},
                 {"name":"member_added","channel":"presence-room-1","user_id":"user123"},
                 {"name":"member_removed","channel":"presence-room-1","user_id":"user123"},
                 {"name":"subscription_count","channel":"chat-room-1","subscription_count":42},
                 {"name":"client_event","channel":"private-chat","event":"client-message","data":"{\\"text\\":\\"hi\\"}",
                  "socket_id":"123.456","user_id":"user123"}]}""");

        assertThat(payload.time()).isEqualTo(Instant.ofEpochMilli(1674123456789L));
        assertThat(payload.events())
                .containsExactly(
                        new WebhookEvent.ChannelOccupied("chat-room-1"),
                        new WebhookEvent.ChannelVacated("chat-room-1"),
                        new WebhookEvent.MemberAdded("presence-room-1", "user123"),
                        new WebhookEvent.MemberRemoved("presence-room-1", "user123"),
                        new WebhookEvent.SubscriptionCount("chat-room-1", 42),
                        new WebhookEvent.ClientEvent(
                                "private-chat", "client-message", "{\"text\":\"hi\"}", "123.456", "user123"));
    }

    @Test
    void readsTheSpellingsOfItsTypes() {
        assertThat(parse("""
                {"timeMs":1,"events":[
                 {"name":"member_added","channel":"presence-a","userId":7},
                 {"name":"subscription_count","channel":"a","subcriptionCount":1},
                 {"name":"subscription_count","channel":"a","subscriptionCount":2},
                 {"name":"client_event","channel":"private-a","event":"client-x","data":{"a":1},"socketId":"1.2"}]}""").events())
                .containsExactly(
                        new WebhookEvent.MemberAdded("presence-a", "7"),
                        new WebhookEvent.SubscriptionCount("a", 1),
                        new WebhookEvent.SubscriptionCount("a", 2),
                        new WebhookEvent.ClientEvent("private-a", "client-x", "{\"a\":1}", "1.2", null));
    }

    @Test
    void unknownEventsAreReturnedUnchanged() {
        assertThat(parse("""
                {"time_ms":1,"more":[1],"events":[{"name":"tide_turned","height":3},
                 {"name":"member_added","channel":"presence-a"},
                 {"name":"subscription_count","channel":"a","subscription_count":"many"},7,
                 {"name":"channel_occupied","channel":"a","since":4}]}""").events())
                .containsExactly(
                        new WebhookEvent.Unknown("tide_turned", "{\"name\":\"tide_turned\",\"height\":3}"),
                        new WebhookEvent.Unknown(
                                "member_added", "{\"name\":\"member_added\",\"channel\":\"presence-a\"}"),
                        new WebhookEvent.Unknown(
                                "subscription_count",
                                "{\"name\":\"subscription_count\",\"channel\":\"a\",\"subscription_count\":\"many\"}"),
                        new WebhookEvent.Unknown("", "7"),
                        new WebhookEvent.ChannelOccupied("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "private",
                "[]",
                "null",
                "{}",
                "{\"events\":[]}",
                "{\"time_ms\":1}",
                "{\"time_ms\":\"private\",\"events\":[]}",
                "{\"time_ms\":1.5,\"events\":[]}",
                "{\"time_ms\":1e400,\"events\":[]}",
                "{\"time_ms\":99999999999999999999,\"events\":[]}",
                "{\"time_ms\":1,\"events\":{\"private\":1}}"
            })
    void aBodyThatIsNoWebhookIsRejectedAndNotQuoted(String body) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(body))
                .withMessageStartingWith("The body is not a webhook: ")
                .satisfies(ex -> assertThat(ex).hasMessageNotContaining("private"))
                .withNoCause();
    }

    @Test
    void isBounded() {
        String deep = "[".repeat(100) + "]".repeat(100);
        String many = "{\"time_ms\":1,\"events\":[1" + ",1".repeat(10_000) + "]}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("{\"time_ms\":1,\"events\":[" + deep + "]}"))
                .withMessageContaining("64 levels");
        assertThatIllegalArgumentException().isThrownBy(() -> parse(many)).withMessageContaining("10000 events");
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookPayload.parse(null));
    }
}
