package com.lattestream.test;

import java.time.Duration;

/**
 * AssertJ assertions on what was triggered. To be imported statically, beside AssertJ's own.
 *
 * <pre>{@code
 * assertThat(engine).eventually().hasTriggered("chat", "message", Map.of("text", "Hello"));
 * }</pre>
 */
public final class LatteStreamAssertions {

    private static final String BATCHING = "Events travel in batches, after up to 100 ms by default: wait for them with"
            + " eventually() or within(Duration), or for the future of the trigger.";

    private LatteStreamAssertions() {}

    /**
     * Asserts what an engine has accepted. Events get there after the client's batching interval: see
     * {@link LatteStreamEventsAssert#within(Duration)}.
     * @param engine the engine
     * @return assertions, which do not wait unless told to
     */
    public static LatteStreamEventsAssert assertThat(EmbeddedLatteStreamServer engine) {
        return new LatteStreamEventsAssert(engine::events, BATCHING);
    }

    /**
     * Asserts what a template has recorded.
     * @param template the template
     * @return assertions, which do not wait unless told to
     */
    public static LatteStreamEventsAssert assertThat(RecordingLatteStreamTemplate template) {
        return new LatteStreamEventsAssert(template::events, "");
    }
}
