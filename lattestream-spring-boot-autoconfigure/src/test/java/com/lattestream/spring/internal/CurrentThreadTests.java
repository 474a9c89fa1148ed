package com.lattestream.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.internal.CurrentThread;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** The core recognizes the threads of Reactor without depending on it. */
class CurrentThreadTests {

    @Test
    void anEventLoopOfNettyMustNotBlock() {
        LoopResources loops = LoopResources.create("event-loop", 1, true);
        try {
            Scheduler eventLoop = Schedulers.fromExecutor(loops.onServer(false));
            assertThat(isBlockingAllowedOn(eventLoop)).isFalse();
        } finally {
            loops.disposeLater().block();
        }
    }

    @Test
    void aThreadForParallelWorkMustNotBlock() {
        assertThat(isBlockingAllowedOn(Schedulers.parallel())).isFalse();
    }

    @Test
    void otherThreadsMayBlock() {
        assertThat(isBlockingAllowedOn(Schedulers.boundedElastic())).isTrue();
        assertThat(CurrentThread.isBlockingAllowed()).isTrue();
    }

    private static boolean isBlockingAllowedOn(Scheduler scheduler) {
        return Boolean.TRUE.equals(Mono.fromSupplier(CurrentThread::isBlockingAllowed)
                .subscribeOn(scheduler)
                .block());
    }
}
