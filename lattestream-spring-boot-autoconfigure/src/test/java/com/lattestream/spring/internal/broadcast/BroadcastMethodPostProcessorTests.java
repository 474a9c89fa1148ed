package com.lattestream.spring.internal.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.broadcast.Broadcast;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;

class BroadcastMethodPostProcessorTests {

    private final BroadcastMethodPostProcessor processor = new BroadcastMethodPostProcessor(
            () -> {
                throw new AssertionError("Nothing is broadcast");
            },
            true);

    @Test
    void aClassOfTheApplicationIsSearched() {
        assertThat(processor.isEligible(Marked.class)).isTrue();
        assertThat(processor.isEligible(Unmarked.class)).isFalse();
    }

    @Test
    void aClassOfSpringIsNotSearched() {
        Class<?> springs = new ByteBuddy()
                .subclass(Marked.class)
                .name("org.springframework.web.Marked")
                .make()
                .load(Marked.class.getClassLoader())
                .getLoaded();

        assertThat(processor.isEligible(springs)).isFalse();
    }

    public static class Marked {

        @Broadcast(channel = "orders", event = "order")
        public String order() {
            return "order";
        }
    }

    public static class Unmarked {

        public String order() {
            return "order";
        }
    }
}
