package com.lattestream.samples.benchmark.micro;

import com.lattestream.core.Event;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventEncoder;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes an event: the data as JSON, which becomes a JSON string next to channel and name. Also encodes the data
 * alone.
 */
@State(Scope.Thread)
public class EncodingBenchmark {

    @Param({"100", "1024"})
    public int dataBytes;

    private final JsonMapper mapper = JsonMapper.builder().build();

    private final EventEncoder encoder = new EventEncoder(mapper);

    private Map<String, Object> data = Map.of();

    private Event event = Event.of("room-001", "message", data);

    @Setup
    public void makeEvent() {
        // {"id":1000,"text":"..."}
        data = Map.of("id", 1000, "text", "x".repeat(dataBytes - 21));
        event = Event.of("room-001", "message", data);
    }

    @Benchmark
    public EncodedEvent lattestream() {
        return encoder.encode(event, EventFormat.BATCH);
    }

    @Benchmark
    public byte[] dataByJackson() {
        return mapper.writeValueAsBytes(data);
    }
}
