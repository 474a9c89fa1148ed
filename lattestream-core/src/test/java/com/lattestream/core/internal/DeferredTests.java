package com.lattestream.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeferredTests {

    private final AtomicInteger made = new AtomicInteger();

    private final Deferred<Integer> deferred = new Deferred<>(made::incrementAndGet);

    @Test
    void itIsMadeWhenItIsNeededAndOnce() {
        assertThat(made).hasValue(0);

        assertThat(deferred.get()).isEqualTo(1);
        assertThat(deferred.get()).isEqualTo(1);
        assertThat(deferred.end()).isEqualTo(1);
    }

    @Test
    void afterTheEndNoValueIsCreated() {
        assertThat(deferred.end()).isNull();

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(deferred::get);
        assertThat(made).hasValue(0);
    }

    @Test
    void aValueCreatedBeforeTheEndRemainsAvailable() {
        deferred.get();
        deferred.end();

        assertThat(deferred.get()).isEqualTo(1);
    }

    @Test
    void aFailedCreationIsRepeated() {
        Deferred<Integer> failing = new Deferred<>(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return made.get();
        });

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(failing::get);

        assertThat(failing.get()).isEqualTo(2);
    }
}
