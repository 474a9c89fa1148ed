package com.lattestream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonValue;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls the client as the SDK was called, and compares the requests. */
class WireVectorsTests {

    private static final String SECRET = "lsk_test_secret";

    @TestFactory
    Stream<DynamicTest> requests() {
        return Vectors.replay("wire", "wire", WireVectorsTests::replay);
    }

    private static void replay(JsonNode vector) {
        try (StubService service = new StubService();
                LatteStreamClient client = client(service, vector.path("options"))) {
            JsonNode returns = vector.path("returns");
            service.answer(request -> StubService.Reply.json(reply(returns)));

            if (vector.has("throws")) {
                assertThatIllegalArgumentException().isThrownBy(() -> call(client, vector));
                assertThat(service.requests()).isEmpty();
                return;
            }
            Object result = call(client, vector).join();

            assertThat(service.requests()).hasSize(vector.path("requests").asInt());
            if (!service.requests().isEmpty()) {
                compare(service.requests().get(0), vector);
            }
            compare(result, returns);
        }
    }

    private static LatteStreamClient client(StubService service, JsonNode options) {
        LatteStreamClientBuilder builder = LatteStreamClient.builder(SECRET)
                .endpoint(service.endpoint())
                .useTls(false)
                .enableBatching(options.path("enableBatching").asBoolean(true));
        if (options.has("batchInterval")) {
            builder.batchInterval(
                    Duration.ofMillis(options.path("batchInterval").asInt()));
        }
        return builder.build();
    }

    private static String reply(JsonNode returns) {
        ObjectNode reply = Vectors.JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : returns.properties()) {
            if (!field.getKey().equals("js")) {
                reply.set(field.getKey(), field.getValue());
            }
        }
        return reply.toString();
    }

    private static CompletableFuture<?> call(LatteStreamClient client, JsonNode vector) {
        JsonNode args = vector.path("args");
        return switch (vector.path("call").stringValue()) {
            case "trigger" -> trigger(client, args);
            case "triggerBatch" -> client.triggerBatch(events(args.path(0)));
            case "flushBatch" -> client.flushBatch();
            case "getChannelInfo" -> client.getChannelInfo(args.path(0).stringValue(), attributes(args.path(1)));
            case "getChannels" -> client.getChannels(Vectors.text(args.path(0)), attributes(args.path(1)));
            case "getUsers" -> client.getUsers(args.path(0).stringValue());
            case "terminateUserConnections" -> client.terminateUserConnections(Vectors.text(args.path(0)));
            case "authorizeChannel" -> authorize(client, args);
            default -> throw new IllegalStateException("A vector of an unknown call: " + vector);
        };
    }

    private static CompletableFuture<?> trigger(LatteStreamClient client, JsonNode args) {
        String name = Vectors.text(args.path(1));
        Object data = data(args.path(2));
        if (args.path(0).isArray()) {
            return client.trigger(strings(args.path(0)), name, data);
        }
        String socketId = Vectors.text(args.path(3).path("socketId"));
        Event event = Event.of(args.path(0).stringValue(), name, data);
        return client.trigger(socketId == null ? event : event.excludingSocket(socketId));
    }

    private static Object data(JsonNode data) {
        if (data.has("repeat")) {
            return Vectors.text(data);
        }
        if (data.has("d")) {
            return Map.of("d", new Date(0));
        }
        if (Vectors.isJs(data, "object whose toJSON() returns \"custom\"")) {
            return new Custom();
        }
        if (Vectors.isJs(data, "circular")) {
            Map<String, Object> circular = new HashMap<>();
            circular.put("self", circular);
            return circular;
        }
        assertThat(data.has("js")).as("JavaScript value that is not replayed").isFalse();
        return Vectors.JSON.treeToValue(data, Object.class);
    }

    private static Collection<Event> events(JsonNode events) {
        List<Event> all = new ArrayList<>();
        for (JsonNode event : events) {
            Event one = Event.of(
                    event.path("channel").stringValue(),
                    event.path("name").stringValue(),
                    Vectors.JSON.treeToValue(event.path("data"), Object.class));
            String socketId = Vectors.text(event.path("socketId"));
            all.add(socketId == null ? one : one.excludingSocket(socketId));
        }
        return all;
    }

    private static CompletableFuture<?> authorize(LatteStreamClient client, JsonNode args) {
        String socketId = args.path(0).stringValue();
        String channel = args.path(1).stringValue();
        JsonNode member = args.path(2);
        if (member.isMissingNode()) {
            return client.authorizeChannel(socketId, channel);
        }
        Map<String, Object> info = new HashMap<>();
        member.path("user_info").properties().forEach(field -> info.put(field.getKey(), field.getValue()));
        return client.authorizeChannel(
                socketId, channel, PresenceMember.of(member.path("user_id").stringValue(), info));
    }

    private static ChannelAttribute[] attributes(JsonNode names) {
        return strings(names).stream()
                .map(name ->
                        name.equals("user_count") ? ChannelAttribute.USER_COUNT : ChannelAttribute.SUBSCRIPTION_COUNT)
                .toArray(ChannelAttribute[]::new);
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(text -> strings.add(text.stringValue()));
        return strings;
    }

    private static void compare(StubService.Request request, JsonNode vector) {
        assertThat(request.method()).isEqualTo(vector.path("method").stringValue());
        assertThat(request.path()).isEqualTo(Vectors.text(vector.path("path")));
        String body = Vectors.text(vector.path("body"));
        if (body.isEmpty()) {
            assertThat(request.body()).isEmpty();
        } else {
            assertThat(parsed(request.text())).isEqualTo(parsed(body));
        }
        if (request.method().equals("POST")) {
            assertThat(request.headers()).containsEntry("content-length", Integer.toString(request.body().length));
        } else {
            assertThat(request.headers()).doesNotContainKey("content-length");
        }
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        RequestSigner signer = new RequestSigner(LatteStreamSecret.of(SECRET));
        assertThat(signer.verify(
                        request.headers().get("x-lattestream-signature"),
                        request.method(),
                        request.path(),
                        request.body(),
                        request.headers().get("x-lattestream-timestamp"),
                        request.headers().get("x-lattestream-nonce")))
                .isTrue();
    }

    // the text inside data is JSON in itself, and compared as such
    private static JsonNode parsed(String body) {
        JsonNode root = Vectors.JSON.readTree(body.getBytes(UTF_8));
        List<JsonNode> entries = new ArrayList<>();
        root.path("batch").forEach(entries::add);
        if (entries.isEmpty()) {
            entries.add(root);
        }
        for (JsonNode entry : entries) {
            if (entry.has("data")) {
                JsonNode data = Vectors.JSON.readTree(entry.path("data").stringValue());
                ((ObjectNode) entry).set("data", data.isNumber() ? number(data) : data);
            }
        }
        return root;
    }

    private static JsonNode number(JsonNode number) {
        return Vectors.JSON.getNodeFactory().numberNode(number.decimalValue().stripTrailingZeros());
    }

    private static void compare(Object result, JsonNode returns) {
        if (result instanceof ChannelInfo info) {
            assertThat(info)
                    .isEqualTo(new ChannelInfo(
                            returns.path("occupied").booleanValue(),
                            null,
                            returns.path("subscriptionCount").asInt()));
        } else if (result instanceof Map<?, ?> channels) {
            assertThat(channels).isEqualTo(Map.of("a", new ChannelInfo(true, null, 1)));
        } else if (result instanceof ChannelAuthorization authorization) {
            assertThat(authorization.auth()).isEqualTo(returns.path("auth").stringValue());
            assertThat(authorization.channelData() == null)
                    .isEqualTo(returns.path("channel_data").isMissingNode());
        } else if (result instanceof List<?> list && list.get(0) instanceof PresenceUser user) {
            assertThat(user.id()).isEqualTo("1");
        }
    }

    private static final class Custom {

        @JsonValue
        String json() {
            return "custom";
        }
    }
}
