package com.lattestream.test;

import java.time.Duration;

/**
 * AssertJ assertions for triggered events. Import them statically, in addition to those of AssertJ.
 *
 * <pre>{@code
 * assertThat(engine).eventually().hasTriggered("chat", "message", Map.of("text", "Hello"));
 * }</pre>
 */
public final class LatteStreamAssertions {

    private static final String BATCHING =
            "The client sends events in batches, by default after up to 100 ms: use eventually() or"
                    + " within(Duration), or wait for the future of the trigger.";

    private LatteStreamAssertions() {}

    /**
     * Creates assertions for the events that an engine has accepted. The client sends events after its batching
     * interval; see {@link LatteStreamEventsAssert#within(Duration)}.
     * @param engine the engine
     * @return assertions, which do not wait by default
     */
    public static LatteStreamEventsAssert assertThat(EmbeddedLatteStreamServer engine) {
        return new LatteStreamEventsAssert(engine::events, BATCHING);
    }

    /**
     * Creates assertions for the events that a template has recorded.
     * @param template the template
     * @return assertions, which do not wait by default
     */
    public static LatteStreamEventsAssert assertThat(RecordingLatteStreamTemplate template) {
        return new LatteStreamEventsAssert(template::events, "");
    }
}
