package com.lattestream.samples.benchmark.measure;

import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.result.Memory;
import java.util.List;

/** Measures the heap that events use while the service does not respond, and whether it is released afterwards. */
public final class MemoryMeasurement {

    // a fiftieth at most, to initialize all objects that are created once
    private static final int WARM_UP = 20_000;

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms3g", "-Xmx3g");

    private final int sinkPort;

    /**
     * Creates a measurement.
     * @param sinkPort the port of the sink
     */
    public MemoryMeasurement(int sinkPort) {
        this.sinkPort = sinkPort;
    }

    /**
     * Runs the measurement once, because repetitions do not change the heap.
     * @param events the number of waiting events, such as a million
     * @return the heap before the events, while they wait, and afterwards
     */
    public Memory measure(int events) {
        try (BlockableProxy proxy = new BlockableProxy(sinkPort);
                ForkedJvm jvm = ForkedJvm.start(
                        ForkedJvm.thisJavaHome(), JVM_ARGUMENTS, MemoryWorker.class, String.valueOf(proxy.port()))) {
            jvm.read();
            jvm.request("trigger " + Math.min(events, WARM_UP));
            long before = bytes(jvm.request("deliver"));
            proxy.block();
            long full = bytes(jvm.request("trigger " + events));
            proxy.unblock();
            long drained = bytes(jvm.request("deliver"));
            return new Memory(events, before, full, drained);
        }
    }

    private static long bytes(String response) {
        return (long) Numbers.parse(response, 1)[0];
    }
}
