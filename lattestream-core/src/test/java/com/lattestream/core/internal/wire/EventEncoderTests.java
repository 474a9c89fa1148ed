package com.lattestream.core.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.lattestream.core.Event;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

class EventEncoderTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventEncoder encoder = new EventEncoder(JSON);

    @ParameterizedTest
    @EnumSource(EventFormat.class)
    void writesTheBytesThatJacksonWould(EventFormat format) {
        Map<String, Object> data = Map.of("text", "a \"quoted\" \\ word, \t\n\r\b\f\u0000\u001f\u007f é 漢 😀");
        Event event = Event.of("room", "na\"me\\ é\n😀", data).excludingSocket("1.2");

        byte[] json = encoder.encodeChunks(event, format).get(0).json();

        assertThat(new String(json, UTF_8))
                .isEqualTo(JSON.writeValueAsString(JSON.createObjectNode()
                        .put("channel", "room")
                        .put(format.nameField(), "na\"me\\ é\n😀")
                        .put("data", JSON.writeValueAsString(data))
                        .put(format.socketIdField(), "1.2")));
    }

    @RepeatedTest(20)
    void dataOfAnySizeComesThrough() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60_000);
        while (text.length() < length) {
            text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0xd800) : random.nextInt(128));
        }

        EncodedEvent encoded = encoder.encodeChunks(Event.of("a", "e", text.toString()), EventFormat.BATCH)
                .get(0);

        JsonNode data = JSON.readTree(JSON.readTree(encoded.json()).path("data").stringValue());
        assertThat(data.stringValue()).as("seed %s", seed).isEqualTo(text.toString());
    }

    @Test
    void dataThatIsPrintedPrettilyIsStillOneString() {
        EventEncoder pretty = new EventEncoder(
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

        byte[] json = pretty.encodeChunks(Event.of("a", "e", Map.of("x", 1)), EventFormat.BATCH)
                .get(0)
                .json();

        String data = JSON.readTree(json).path("data").stringValue();
        assertThat(data).contains("\n");
        assertThat(JSON.readTree(data)).isEqualTo(JSON.readTree("{\"x\":1}"));
    }

    @Test
    void halfASurrogatePairInTheDataIsEscaped() {
        byte[] json = encoder.encodeChunks(Event.of("a", "e", "x\ud800y".repeat(5000)), EventFormat.BATCH)
                .get(0)
                .json();

        assertThat(JSON.readTree(json).path("data").stringValue()).startsWithIgnoringCase("\"x\\ud800yx\\ud800y");
    }

    @Test
    void halfASurrogatePairInTheNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.encodeChunks(Event.of("a", "e\ud800", 1), EventFormat.BATCH))
                .withMessageContaining("cannot be written as JSON");
    }

    @Test
    void dataThatFailsHalfwayLeavesNothing() {
        Object failing = List.of("x".repeat(20_000), new Failing());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.encodeChunks(Event.of("a", "e", failing), EventFormat.BATCH))
                .withMessageContaining("'e'")
                .withMessageContaining("no text");
    }

    @Test
    void dataThatCanBeReadOnceIsReadOnce() {
        Iterator<Object> once = List.<Object>of("a", new Failing(), "c").iterator();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.encodeChunks(Event.of("a", "e", once), EventFormat.BATCH));

        assertThat(once.next()).isEqualTo("c");
    }

    @Test
    void jsonThatIsThereAlreadyMayBeEmptyOrHoldHalfASurrogatePair() {
        for (String raw : List.of("", "\"x\ud800y\"")) {
            Event event = Event.of("a", "e", new RawValue(raw));
            Event forTwo = Event.of(List.of("a", "b"), "e", new RawValue(raw));

            assertThat(data(event)).isEqualTo(raw.replace("\ud800", "\\ud800")).isEqualTo(data(forTwo));
        }
    }

    private String data(Event event) {
        byte[] json = encoder.encodeChunks(event, EventFormat.BATCH).get(0).json();
        return JSON.readTree(json).path("data").stringValue();
    }

    @Test
    void eachChunkOfTheChannelsHasTheSameData() {
        List<String> channels = IntStream.range(0, 201).mapToObj(i -> "c" + i).toList();

        List<EncodedEvent> chunks = encoder.encodeChunks(Event.of(channels, "e", Map.of("x", "\"")), EventFormat.BATCH);

        assertThat(chunks)
                .extracting(EncodedEvent::channels)
                .containsExactly(channels.subList(0, 100), channels.subList(100, 200), List.of("c200"));
        assertThat(chunks)
                .extracting(chunk -> JSON.readTree(chunk.json()).path("data").stringValue())
                .containsOnly("{\"x\":\"\\\"\"}");
    }

    private static final class Failing {

        // called by Jackson
        @SuppressWarnings("unused")
        @JsonProperty
        private String text() {
            throw new IllegalStateException("no text");
        }
    }
}
