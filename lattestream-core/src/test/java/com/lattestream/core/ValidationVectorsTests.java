package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Calls the client with the arguments that the SDK rejected: they are rejected before a request is sent. */
class ValidationVectorsTests {

    private StubService service;

    private LatteStreamClient client;

    @BeforeEach
    void start() {
        service = new StubService()
                .answer(request -> StubService.Reply.json(
                        "{\"auth\":\"x\",\"users\":[{\"id\":\"1\"}],\"channels\":{},\"occupied\":true}"));
        client = LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .enableBatching(false)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> arguments() {
        return Vectors.replay("validation", "validation", vector -> {
            int before = service.requests().size();
            if (vector.path("accepted").booleanValue()) {
                call(vector).join();
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> call(vector))
                        .satisfies(ex -> assertThat(ex).hasMessageNotContaining("\n"));
            }
            assertThat(service.requests().size() - before)
                    .isEqualTo(vector.path("requests").asInt());
        });
    }

    private CompletableFuture<?> call(JsonNode vector) {
        JsonNode value = vector.path("value");
        String kind = vector.path("input_kind").stringValue();
        if (kind.startsWith("channel list (trigger)")) {
            return client.trigger(channels(value), "e", 1);
        }
        if (kind.startsWith("triggerBatch size")) {
            return client.triggerBatch(value.isArray() ? List.of() : listOf(value));
        }
        return switch (kind) {
            case "secret (constructor)" -> {
                LatteStreamClient.create(Vectors.text(value)).close();
                yield CompletableFuture.completedFuture(null);
            }
            case "event name (trigger)" -> client.trigger("a", Vectors.text(value), 1);
            case "channel name (trigger)" -> client.trigger(Vectors.text(value), "e", 1);
            case "triggerBatch data" -> client.triggerBatch(List.of(Event.of("c1", "n1", value)));
            case "triggerBatch events" -> client.triggerBatch(value.isNull() ? null : List.of(event(value.path(0))));
            case "channel name (getChannelInfo)" -> client.getChannelInfo(Vectors.text(value));
            case "channel name (getUsers)" -> client.getUsers(Vectors.text(value));
            case "user id (terminateUserConnections)" -> client.terminateUserConnections(Vectors.text(value));
            case "socket id, channel (authorizeChannel)" ->
                client.authorizeChannel(Vectors.text(value.path(0)), Vectors.text(value.path(1)));
            case "master key (EncryptionHelper)" ->
                CompletableFuture.completedFuture(new ChannelSigner(Vectors.text(value)));
            default -> throw new IllegalStateException("A vector of an unknown kind: " + vector);
        };
    }

    private static List<String> channels(JsonNode value) {
        List<String> channels = new ArrayList<>();
        if (value.has("list_of")) {
            for (int i = 0; i < value.path("count").asInt(); i++) {
                channels.add(value.path("list_of").stringValue() + i);
            }
        } else {
            value.forEach(channel -> channels.add(Vectors.text(channel)));
        }
        return channels;
    }

    private static List<Event> listOf(JsonNode value) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < value.path("count").asInt(); i++) {
            events.add(event(value.path("list_of")));
        }
        return events;
    }

    private static Event event(JsonNode event) {
        return Event.of(Vectors.text(event.path("channel")), event.path("name").stringValue(), event.path("data"));
    }
}
