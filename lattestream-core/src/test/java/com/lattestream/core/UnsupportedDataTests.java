package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.support.StubService;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Data that Jackson would write as something without meaning is rejected before anything is queued. */
class UnsupportedDataTests {

    private final StubService service = new StubService();

    private final LatteStreamClient client = client(new JsonMapper());

    private LatteStreamClient client(JsonMapper mapper) {
        return LatteStreamClient.builder("lsk_test_secret")
                .endpoint(service.endpoint())
                .useTls(false)
                .jsonMapper(mapper)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    static List<Arguments> unsupported() {
        Flow.Publisher<String> flow = subscriber -> {};
        org.reactivestreams.Publisher<String> publisher = subscriber -> {};
        Supplier<String> supplier = () -> "a";
        Callable<String> callable = () -> "a";
        return List.of(
                Arguments.of(new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode(), "Event.ofJson"),
                Arguments.of(new com.fasterxml.jackson.databind.ObjectMapper().createArrayNode(), "Event.ofJson"),
                Arguments.of(com.fasterxml.jackson.databind.node.TextNode.valueOf("a"), "Event.ofJson"),
                Arguments.of(com.fasterxml.jackson.databind.node.NullNode.getInstance(), "Event.ofJson"),
                Arguments.of(new com.fasterxml.jackson.databind.util.RawValue("{}"), "Event.ofJson"),
                Arguments.of(CompletableFuture.completedFuture("a"), "thenAccept"),
                Arguments.of(CompletableFuture.completedStage("a"), "thenAccept"),
                Arguments.of(new FutureTask<>(callable), "thenAccept"),
                Arguments.of(flow, "subscribe"),
                Arguments.of(new SubmissionPublisher<String>(), "subscribe"),
                Arguments.of(publisher, "subscribe"),
                Arguments.of(Stream.of("a"), "toList"),
                Arguments.of(IntStream.of(1), "toList"),
                Arguments.of(new ByteArrayInputStream(new byte[1]), "read"),
                Arguments.of(new StringReader("a"), "read"),
                Arguments.of(supplier, "call"),
                Arguments.of(callable, "call"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void theCallItselfSuggestsAnAlternative(Object data, String suggestion) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger("chat", "message", data))
                .withMessageContaining("'message'")
                .withMessageContaining(data.getClass().getName())
                .withMessageContaining(suggestion);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger(List.of("a", "b"), "message", data))
                .withMessageContaining(suggestion);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> client.triggerBatch(List.of(Event.of("a", "first", 1), Event.of("a", "second", data))))
                .withMessageContaining("'second'");
        assertThatIllegalArgumentException().isThrownBy(() -> client.encode(Event.of("a", "message", data)));
        assertThat(client.statistics().queued()).isZero();
        assertThat(client.statistics().delivered()).isZero();
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void theSameAsAPartOfOtherDataIsRejectedToo(Object data, String suggestion) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger("chat", "message", Map.of("part", data)))
                .withMessageContaining(suggestion);
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void aClientWithoutAServiceAndASignerRejectItToo(Object data, String suggestion) {
        try (LatteStreamClient offline = new OfflineLatteStreamClient("lsk_test", new JsonMapper())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> offline.trigger("chat", "message", data))
                    .withMessageContaining(suggestion);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChannelSigner("lsk_test").authenticateUser("1.2", data))
                .withMessageContaining(suggestion);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        client.authorizeChannel("1.2", "presence-a", PresenceMember.of("7", Map.of("info", data))))
                .withMessageContaining(suggestion);
    }

    @Test
    void aSerializerOfTheApplicationHasPrecedence() {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Pending.class, new ValueSerializer<>() {

            @Override
            public void serialize(Pending value, JsonGenerator generator, SerializationContext context) {
                generator.writeString("my future");
            }
        });
        try (LatteStreamClient mine =
                client(JsonMapper.builder().addModule(module).build())) {
            mine.trigger("chat", "message", new Pending()).join();
        }
        assertThat(service.requests())
                .singleElement()
                .extracting(StubService.Request::text)
                .asString()
                .contains("my future");
    }

    @Test
    void dataThatHasAMeaningIsSent() {
        List<Object> supported = new ArrayList<>(List.of(
                Optional.of("a"),
                Optional.empty(),
                List.of(1),
                new int[] {1},
                "text",
                1,
                true,
                List.of(1).iterator()));
        supported.add(null);
        for (Object data : supported) {
            client.trigger("chat", "message", data).join();
        }
        assertThat(service.requests()).hasSize(supported.size());
        assertThat(service.requests().get(0).text()).contains("\"data\":\"\\\"a\\\"\"");
        assertThat(service.requests().get(1).text()).contains("\"data\":\"null\"");
    }

    @Test
    void textThatIsJsonIsSentAsItIs() {
        String json = "{\"text\" : [1, 2.50, \"\u00e4\"]}";
        client.trigger(Event.ofJson("chat", "message", json)).join();
        client.trigger(Event.ofJson(List.of("a", "b"), "message", json)).join();

        String sent = "\"data\":\"{\\\"text\\\" : [1, 2.50, \\\"\u00e4\\\"]}\"";
        assertThat(service.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.text()).contains(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"a\"", " [] ", "true"})
    void everyJsonValueIsAccepted(String json) {
        assertThat(Event.ofJson("chat", "message", json).name()).isEqualTo("message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "confidential", "{", "{\"a\":confidential}", "1 2", "{} trailing", "'a'", "NaN", "[1,]"
            })
    void textThatIsNotJsonIsRejectedAndNotShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.ofJson("chat", "message", text))
                .withMessageContaining("exactly one JSON value")
                .withMessageNotContaining("confidential");
    }

    @Test
    void nullIsNotJsonText() {
        assertThatIllegalArgumentException().isThrownBy(() -> Event.ofJson("chat", "message", null));
    }

    private static final class Pending extends CompletableFuture<String> {}
}
