package com.lattestream.samples.benchmark.micro;

import com.lattestream.core.ChannelName;
import com.lattestream.core.Event;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Validates the name of a channel, alone and as a part of the creation of an event. */
@State(Scope.Thread)
public class ChannelNameBenchmark {

    @Param({"10", "100"})
    public int characters;

    private final Object data = "data";

    private String channel = "";

    @Setup
    public void makeName() {
        channel = "room-0123_".repeat(characters / 10);
    }

    @Benchmark
    public String channelName() {
        return ChannelName.require(channel);
    }

    @Benchmark
    public Event event() {
        return Event.of(channel, "message", data);
    }
}
