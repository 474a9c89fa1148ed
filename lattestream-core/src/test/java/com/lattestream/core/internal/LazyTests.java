package com.lattestream.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTests {

    private final AtomicInteger created = new AtomicInteger();

    private final Lazy<Integer> lazy = new Lazy<>(created::incrementAndGet);

    @Test
    void theValueIsCreatedOnceWhenItIsFirstNeeded() {
        assertThat(created).hasValue(0);

        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.close()).isEqualTo(1);
    }

    @Test
    void afterCloseNoValueIsCreated() {
        assertThat(lazy.close()).isNull();

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(lazy::get);
        assertThat(created).hasValue(0);
    }

    @Test
    void aValueCreatedBeforeCloseRemainsAvailable() {
        lazy.get();
        lazy.close();

        assertThat(lazy.get()).isEqualTo(1);
    }

    @Test
    void aFailedCreationIsRepeated() {
        Lazy<Integer> failing = new Lazy<>(() -> {
            if (created.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return created.get();
        });

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(failing::get);

        assertThat(failing.get()).isEqualTo(2);
    }
}
