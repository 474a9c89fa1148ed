package com.lattestream.test;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.core.ChannelAttribute;
import com.lattestream.core.ChannelInfo;
import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.PresenceUser;
import com.lattestream.core.TriggerResult;
import com.lattestream.test.internal.channel.EventLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Unit tests of classes that use LatteStream. */
class RecordingLatteStreamTemplateTests {

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    /** A typical class of an application. */
    private record Orders(LatteStreamTemplate latteStream) {

        CompletableFuture<TriggerResult> ship(long id) {
            return latteStream.trigger("orders", "shipped", Map.of("id", id));
        }
    }

    @Test
    void recordsEventsOfAService() {
        CompletableFuture<TriggerResult> shipped = new Orders(latteStream).ship(7);

        assertThat(shipped)
                .isCompletedWithValueMatching(result -> result.channels().equals(List.of("orders")));
        assertThat(latteStream)
                .hasTriggered("orders", "shipped", Map.of("id", 7))
                .hasNotTriggered("chat");
        assertThat(latteStream.events())
                .containsExactly(new ReceivedEvent(List.of("orders"), "shipped", "{\"id\":7}", null));
    }

    @Test
    void replacesTheInterfaceAndTheClient() {
        LatteStreamOperations operations = latteStream;
        operations.trigger(Event.of("chat", "first", 1).excludingSocket("1.2"));
        operations.triggerBatch(List.of(Event.of("chat", "second", 2), Event.of("chat", "third", 3)));
        latteStream.client().trigger(List.of("a", "b"), "fourth", "text");

        assertThat(latteStream)
                .hasTriggeredInOrder("chat", "first", "second", "third")
                .hasTriggered("b", "fourth", "text");
        assertThat(latteStream.events().get(0).excludedSocketId()).isEqualTo("1.2");
    }

    @Test
    void afterCommitTriggersImmediatelyWithoutTransactions() {
        latteStream.afterCommit().trigger("orders", "shipped", Map.of("id", 7));

        assertThat(latteStream).hasTriggered("orders", "shipped", Map.of("id", 7));
    }

    @Test
    void rejectsInvalidArgumentsLikeTheRealTemplate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latteStream.trigger("not a channel", "message", 1))
                .withMessageContaining("'not a channel' must have 1 to 200 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> latteStream.getUsers("private-a"));
        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void readsTheDataOfEvents() {
        record Shipped(long id, String carrier) {}
        latteStream.trigger("orders", "shipped", new Shipped(7, "bike"));
        ReceivedEvent event = latteStream.events().get(0);

        assertThat(event.dataAs(Shipped.class)).isEqualTo(new Shipped(7, "bike"));
        assertThat(event.json().path("carrier").stringValue()).isEqualTo("bike");
        assertThatThrownBy(() -> event.dataAs(Integer.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shipped")
                .hasMessageContaining("Integer");
    }

    @Test
    void failNextFailsTheCallWithoutRecordingIt() {
        LatteStreamTimeoutException tooSlow = new LatteStreamTimeoutException("too slow", true, null);
        latteStream.failNext(tooSlow).failNext(new LatteStreamQueueFullException("full"));

        assertThat(new Orders(latteStream).ship(1)).isCompletedExceptionally();
        assertThatThrownBy(() -> new Orders(latteStream).ship(2)).isInstanceOf(LatteStreamQueueFullException.class);
        new Orders(latteStream).ship(3);

        assertThat(latteStream).hasTriggeredCount("orders", "shipped", 1);
        latteStream.failNext(tooSlow);
        assertThatThrownBy(() -> latteStream.getUsers("presence-a")).isSameAs(tooSlow);
    }

    @Test
    void returnsStubbedResults() {
        latteStream
                .stubUsers("presence-lobby", "alice", "bob")
                .stubChannel("chat", new ChannelInfo(true, null, 42))
                .stubChannel("empty", new ChannelInfo(false, null, 0));

        assertThat(latteStream.getUsers("presence-lobby"))
                .containsExactly(new PresenceUser("alice"), new PresenceUser("bob"));
        assertThat(latteStream.getChannelInfo("presence-lobby", ChannelAttribute.USER_COUNT))
                .isEqualTo(new ChannelInfo(true, 2, null));
        assertThat(latteStream.getChannels(null)).containsOnlyKeys("chat", "presence-lobby");
        assertThat(latteStream.getChannels("ch", ChannelAttribute.SUBSCRIPTION_COUNT))
                .containsEntry("chat", new ChannelInfo(true, null, 42))
                .hasSize(1);
        assertThat(latteStream.getChannelInfo("elsewhere").occupied()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> latteStream.stubUsers("chat", "alice"));
    }

    @Test
    void supportsAuthorizationTerminationAndSigning() {
        assertThat(latteStream.authorizeChannel("any id", "private-a").auth()).startsWith("lspc_");
        assertThat(latteStream
                        .authorizeChannel("1.2", "presence-a", PresenceMember.of("alice"))
                        .channelData())
                .isEqualTo("{\"user_id\":\"alice\"}");
        assertThat(latteStream
                        .createClientToken(ClientTokenRequest.of("lspk_x", "1.2"))
                        .accessToken())
                .startsWith("lspc_");
        latteStream.terminateUserConnections("mallory");
        assertThat(latteStream.terminatedUsers()).containsExactly("mallory");
        byte[] body = {1, 2};
        assertThat(latteStream.verifyWebhookSignature(body, latteStream.generateWebhookSignature(body)))
                .isTrue();
    }

    @Test
    void clearRemovesRecordedCallsAndStubs() {
        latteStream.trigger("chat", "message", 1);
        latteStream.terminateUserConnections("mallory");
        latteStream.stubUsers("presence-a", "alice").failNext(new LatteStreamQueueFullException("full"));
        latteStream.clear();

        assertThat(latteStream).hasTriggeredNothing();
        assertThat(latteStream.terminatedUsers()).isEmpty();
        assertThat(latteStream.getUsers("presence-a")).isEmpty();
    }

    @Test
    void serializesDataWithTheGivenMapper() {
        record Shipped(long orderNumber) {}
        JsonMapper snakes = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        RecordingLatteStreamTemplate template = new RecordingLatteStreamTemplate(snakes);
        template.trigger("orders", "shipped", new Shipped(7));

        assertThat(template)
                .hasTriggeredJson("orders", "shipped", "{\"order_number\":7}")
                .usingJsonMapper(snakes)
                .hasTriggered("orders", "shipped", new Shipped(7))
                .hasTriggeredSatisfying(
                        "orders",
                        "shipped",
                        Shipped.class,
                        it -> assertThat(it.orderNumber()).isEqualTo(7));
    }

    @Test
    void conflatedEventsAreRecordedOneByOne() {
        RecordingLatteStreamTemplate template = new RecordingLatteStreamTemplate();
        Event event = Event.of("prices", "price", 1).conflated();

        assertThat(template.trigger(event).join().superseded()).isFalse();
        assertThat(template.trigger(event).join().superseded()).isFalse();
        assertThat(template.events()).hasSize(2);
    }

    @Test
    void keepsTheMostRecentEventsOnly() {
        for (int i = 0; i < RecordingLatteStreamClient.MAX_EVENTS + 5; i++) {
            latteStream.trigger("chat", "message", i);
        }
        assertThat(latteStream.events()).hasSize(RecordingLatteStreamClient.MAX_EVENTS);
        assertThat(latteStream.events().get(0).data()).isEqualTo("5");

        latteStream.clear();
        String large = "x".repeat(EventLog.MAX_CHARACTERS / 4);
        for (int i = 0; i < 5; i++) {
            latteStream.trigger("chat", "large", large);
        }
        assertThat(latteStream.events()).hasSize(3);
    }
}
