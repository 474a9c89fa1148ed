package com.lattestream.core.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.lattestream.core.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.RawValue;

/** Events are written one after the other with the same generator, as if each had its own. */
class EventWriterReuseTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventEncoder encoder = new EventEncoder(JSON);

    private String data(Object data) {
        return data(encoder, data);
    }

    private static String data(EventEncoder encoder, Object data) {
        byte[] json =
                encoder.encode(Event.of("a", "e", data), EventFormat.BATCH).json();
        return JSON.readTree(json).path("data").stringValue();
    }

    @Test
    void anObjectIdIsNotKnownInTheNextEvent() {
        Node node = new Node("x", null);
        node.next = node;

        String first = data(node);

        assertThat(first).contains("\"name\":\"x\"");
        assertThat(data(node)).isEqualTo(first);
    }

    @Test
    void valuesThatASerializerWritesByTheGeneratorBelongToTheContextOfTheirEvent() {
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.writeStartArray();
            generator.writePOJO(value.content);
            generator.writePOJO(value.content);
            generator.writeEndArray();
        }));
        Wrapper wrapper = new Wrapper(new Node("x", null));

        String first = data(wrapper);

        // the second occurrence within the event is the id, and the next event starts anew
        assertThat(first).isEqualTo("[{\"@id\":1,\"name\":\"x\",\"next\":null},1]");
        assertThat(data(wrapper)).isEqualTo(first);
        assertThat(data(List.of(wrapper.content, wrapper)))
                .isEqualTo("[{\"@id\":1,\"name\":\"x\",\"next\":null},[1,1]]");
    }

    @Test
    void afterASerializerHasFailedTheNextEventIsComplete() {
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.writeStartObject();
            generator.writeName("half");
            throw new IllegalStateException("on purpose");
        }));

        for (int i = 0; i < 3; i++) {
            assertThatIllegalArgumentException().isThrownBy(() -> data(List.of("x".repeat(9000), new Wrapper("y"))));
            assertThat(data(Map.of("a", 1))).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void afterASerializerThatLeavesAnObjectOpenTheNextEventIsComplete() {
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.writeStartObject();
            generator.writeName("open");
            generator.writeStartArray();
        }));

        assertThat(data(new Wrapper("x"))).isEqualTo("{\"open\":[]}");
        assertThat(data(Map.of("a", 1))).isEqualTo("{\"a\":1}");
    }

    @Test
    void afterASerializerThatClosesTheGeneratorTheNextEventIsComplete() {
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.writePOJO(value.content);
            generator.close();
        }));

        for (int i = 0; i < 3; i++) {
            assertThat(data(new Wrapper(i))).isEqualTo(String.valueOf(i));
            assertThat(data(Map.of("a", 1))).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void aSerializerThatConfiguresTheGeneratorDoesNotAffectTheNextEvent() {
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.configure(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN, true);
            generator.writePOJO(value.content);
        }));
        BigDecimal large = new BigDecimal("1E+3");

        assertThat(data(new Wrapper(large))).isEqualTo("1000");
        assertThat(data(List.of(large))).isEqualTo("[1E+3]");
    }

    @Test
    void aSerializerMayTriggerAnotherEvent() {
        List<String> others = new ArrayList<>();
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.writeStartObject();
            others.add(data(Map.of("inner", value.content)));
            generator.writeName("outer");
            generator.writePOJO(value.content);
            generator.writeEndObject();
        }));

        for (int i = 0; i < 3; i++) {
            assertThat(data(new Wrapper(i))).isEqualTo("{\"outer\":" + i + "}");
        }
        assertThat(others).containsExactly("{\"inner\":0}", "{\"inner\":1}", "{\"inner\":2}");
    }

    @Test
    void eventsThatArePrintedPrettilyAreNotSeparated() {
        EventEncoder pretty = new EventEncoder(
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

        String first = data(pretty, Map.of("a", 1));

        assertThat(data(pretty, Map.of("a", 1))).isEqualTo(first).startsWith("{");
    }

    @Test
    void dataThatIsClosedByTheMapperIsClosedOnce() {
        EventEncoder closing = new EventEncoder(JsonMapper.builder()
                .enable(SerializationFeature.CLOSE_CLOSEABLE)
                .build());
        CloseableData data = new CloseableData();

        assertThat(data(closing, data)).isEqualTo("{\"text\":\"x\"}");
        assertThat(data.closed).isEqualTo(1);
        assertThat(data(closing, Map.of("a", 1))).isEqualTo("{\"a\":1}");
    }

    @RepeatedTest(50)
    void anyTextComesThrough() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            int dense = 1 + random.nextInt(8);
            while (text.length() < length) {
                text.append(
                        random.nextInt(dense) == 0
                                ? "\"\\\n\t\u0000\u001f\u007f\u0080\u00e9\u6f22".charAt(random.nextInt(10))
                                : 'x');
            }
            // as text that Jackson escapes first, and as JSON that may have raw control characters
            assertThat(JSON.readTree(data(text.toString())).stringValue())
                    .as("seed %s", seed)
                    .isEqualTo(text.toString());
            assertThat(data(new RawValue(text.toString()))).as("seed %s", seed).isEqualTo(text.toString());
        }
    }

    @Test
    void manyThreadsWriteAtOnce() throws Exception {
        writeOnManyThreads(Executors.newFixedThreadPool(16));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void manyVirtualThreadsWriteAtOnce() throws Exception {
        // compiled for a Java version without virtual threads
        writeOnManyThreads((ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    private void writeOnManyThreads(ExecutorService threads) throws Exception {
        encoder = new EventEncoder(mapper((value, generator) -> {
            generator.writeStartArray();
            generator.writePOJO(value.content);
            // another thread, or another virtual thread on the same carrier, continues here
            LockSupport.parkNanos(1);
            generator.writePOJO(value.content);
            generator.writeEndArray();
        }));
        try {
            List<Future<String>> written = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int number = i;
                written.add(threads.submit(() -> data(new Wrapper(number))));
            }
            for (int i = 0; i < written.size(); i++) {
                assertThat(written.get(i).get()).isEqualTo("[" + i + "," + i + "]");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static JsonMapper mapper(Writing writing) {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Wrapper.class, new ValueSerializer<>() {

            @Override
            public void serialize(Wrapper value, JsonGenerator generator, SerializationContext context) {
                writing.write(value, generator);
            }
        });
        return JsonMapper.builder().addModule(module).build();
    }

    private interface Writing {

        void write(Wrapper value, JsonGenerator generator);
    }

    private static final class Wrapper {

        private final Object content;

        private Wrapper(Object content) {
            this.content = content;
        }
    }

    @JsonPropertyOrder({"name", "next"})
    @JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
    @SuppressWarnings("unused") // read by Jackson
    static final class Node {

        public final String name;

        public Node next;

        Node(String name, Node next) {
            this.name = name;
            this.next = next;
        }
    }

    @SuppressWarnings("unused") // read by Jackson
    static final class CloseableData implements AutoCloseable {

        public final String text = "x";

        private int closed;

        @Override
        public void close() {
            closed++;
        }
    }
}
