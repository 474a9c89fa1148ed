package com.lattestream.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeoutsTests {

    private static final String THREAD = "lattestream-timeout";

    @Test
    void aFutureThatIsNotCompletedInTimeFails() {
        CompletableFuture<String> future = Timeouts.orTimeout(new CompletableFuture<>(), Duration.ofMillis(5));

        assertThat(future)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class)
                .withMessageContaining("No result within PT0.005S");
    }

    // a listener that blocks would otherwise delay all other timeouts
    @Test
    void theThreadOfTimeoutsRunsNoDependents() {
        CompletableFuture<String> thread = Timeouts.orTimeout(new CompletableFuture<String>(), Duration.ofMillis(5))
                .exceptionally(failure -> Thread.currentThread().getName());

        assertThat(thread).succeedsWithin(Duration.ofSeconds(10)).asString().doesNotStartWith(THREAD);
    }

    @Test
    void aTimeoutOccursWhileTheCommonPoolIsBlocked() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger blocked = new AtomicInteger();
        ForkJoinPool pool = ForkJoinPool.commonPool();
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        try {
            for (int i = 0; i < Math.max(1, pool.getParallelism()); i++) {
                tasks.add(pool.submit(() -> {
                    blocked.incrementAndGet();
                    return release.await(1, TimeUnit.MINUTES);
                }));
            }
            await().until(() -> blocked.get() == tasks.size());

            assertThat(Timeouts.orTimeout(new CompletableFuture<>(), Duration.ofMillis(5)))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        } finally {
            release.countDown();
        }
    }

    @Test
    void dependentsDoNotSeeTheContextClassLoaderOfAnotherApplication() throws Exception {
        await().until(() -> !isThreadRunning());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(application);
            CompletableFuture<ClassLoader> loader = Timeouts.orTimeout(
                            new CompletableFuture<ClassLoader>(), Duration.ofMillis(5))
                    .exceptionally(failure -> Thread.currentThread().getContextClassLoader());

            assertThat(loader)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isSameAs(Timeouts.class.getClassLoader())
                    .isNotSameAs(application);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aFutureThatIsCompletedInTimeKeepsItsResultAndNoTimer() {
        CompletableFuture<String> future = Timeouts.orTimeout(new CompletableFuture<>(), Duration.ofHours(1));
        future.complete("result");

        assertThat(future).isCompletedWithValue("result");
        await().untilAsserted(() -> assertThat(isThreadRunning()).isFalse());
    }

    @Test
    void theContextClassLoaderOfAnApplicationIsReleased() throws Exception {
        await().until(() -> !isThreadRunning());

        WeakReference<ClassLoader> application = useInAnApplication();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            assertThat(application.get()).isNull();
        });
    }

    private static WeakReference<ClassLoader> useInAnApplication() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(application);
            CompletableFuture<String> future = Timeouts.orTimeout(new CompletableFuture<>(), Duration.ofHours(1));
            assertThat(isThreadRunning()).isTrue();
            future.complete("result");
            return new WeakReference<>(application);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean isThreadRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(THREAD));
    }
}
