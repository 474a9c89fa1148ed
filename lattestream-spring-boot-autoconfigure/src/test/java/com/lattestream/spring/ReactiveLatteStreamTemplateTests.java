package com.lattestream.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import com.lattestream.core.ChannelAttribute;
import com.lattestream.core.ChannelInfo;
import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.PresenceUser;
import com.lattestream.core.TriggerResult;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.RecordingLatteStreamTemplate;
import com.lattestream.test.TestSubscriber;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class ReactiveLatteStreamTemplateTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final RecordingLatteStreamTemplate recorded = new RecordingLatteStreamTemplate();

    private final ReactiveLatteStreamTemplate latteStream = new ReactiveLatteStreamTemplate(recorded.client());

    @Test
    void nothingIsSentBeforeTheSubscription() {
        Mono<TriggerResult> trigger = latteStream.trigger("orders", "placed", 7);
        Mono<Void> terminated = latteStream.terminateUserConnections("bob");

        assertThat(recorded.events()).isEmpty();
        assertThat(recorded.terminatedUsers()).isEmpty();

        StepVerifier.create(trigger)
                .assertNext(result -> assertThat(result.channels()).containsExactly("orders"))
                .verifyComplete();
        StepVerifier.create(terminated).expectComplete().verify(TIMEOUT);

        assertThat(recorded.events()).hasSize(1);
        assertThat(recorded.terminatedUsers()).containsExactly("bob");
    }

    @Test
    void eachSubscriptionMakesACall() {
        StepVerifier.create(latteStream.trigger(List.of("a", "b"), "e", 1).repeat(2))
                .expectNextCount(3)
                .verifyComplete();

        assertThat(recorded.events()).hasSize(3);
    }

    @Test
    void eventsOfSubsequentSubscriptionsKeepTheirOrder() {
        Flux.range(0, 100)
                .concatMap(number -> latteStream.trigger(Event.of("orders", "placed", number)))
                .blockLast(TIMEOUT);

        assertThat(recorded.events())
                .extracting(event -> event.data())
                .containsExactlyElementsOf(
                        Flux.range(0, 100).map(String::valueOf).toIterable());
    }

    static Stream<Mono<?>> invalid() {
        ReactiveLatteStreamTemplate latteStream =
                new ReactiveLatteStreamTemplate(new RecordingLatteStreamTemplate().client());
        return Stream.of(
                latteStream.trigger("no channel", "e", 1),
                latteStream.trigger(List.of(), "e", 1),
                latteStream.trigger((Collection<String>) null, "e", 1),
                latteStream.trigger((Event) null),
                latteStream.triggerBatch(List.of()),
                latteStream.authorizeChannel(null, "private-a"),
                latteStream.authorizeChannel("1.2", "presence-a", null),
                latteStream.getChannelInfo("no channel"),
                latteStream.getUsers("public"),
                latteStream.terminateUserConnections(""),
                latteStream.createClientToken(null));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidArgumentIsEmitted(Mono<?> call) {
        StepVerifier.create(call).expectError(IllegalArgumentException.class).verify(TIMEOUT);
    }

    @Test
    void cancellingDoesNotCancelTheDelivery() {
        LatteStreamClient client = mock(LatteStreamClient.class);
        Event event = Event.of("orders", "placed", 7);
        CompletableFuture<TriggerResult> delivery = new CompletableFuture<>();
        given(client.tryTrigger(event)).willReturn(delivery);

        Disposable subscription =
                new ReactiveLatteStreamTemplate(client).trigger(event).subscribe();
        subscription.dispose();

        assertThat(delivery).isNotDone();
    }

    @Test
    void aMockWithoutStubbingCompletesEmpty() {
        StepVerifier.create(new ReactiveLatteStreamTemplate(mock(LatteStreamClient.class)).trigger("a", "b", 1))
                .verifyComplete();
    }

    @Test
    void aClosedClientIsEmitted() {
        LatteStreamClient client = LatteStreamClient.create("lsk_closed");
        client.close();

        StepVerifier.create(new ReactiveLatteStreamTemplate(client).trigger("a", "b", 1))
                .expectError(IllegalStateException.class)
                .verify(TIMEOUT);
        StepVerifier.create(new ReactiveLatteStreamTemplate(client).getChannels(null))
                .expectError(IllegalStateException.class)
                .verify(TIMEOUT);
    }

    @Test
    void aFullQueueFailsAtOnceInsteadOfBlockingTheSubscriber() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .maxQueuedEvents(1)
                        .maxBlock(Duration.ofMinutes(10))
                        .build()) {
            engine.faults().delayNext().by(Duration.ofSeconds(2));
            ReactiveLatteStreamTemplate latteStream = new ReactiveLatteStreamTemplate(client);
            Mono<TriggerResult> first = latteStream.trigger("a", "first", 1).cache();
            Disposable running = first.subscribe();

            StepVerifier.create(latteStream.trigger("a", "second", 2))
                    .expectError(LatteStreamQueueFullException.class)
                    .verify(TIMEOUT);

            assertThat(running.isDisposed()).isFalse();
            StepVerifier.create(first).expectNextCount(1).expectComplete().verify(TIMEOUT);
        }
    }

    @Test
    void callsThatMayWaitRunOnAThreadThatMayBlock() {
        LatteStreamClient client = mock(LatteStreamClient.class);
        List<String> threads = new CopyOnWriteArrayList<>();
        given(client.triggerBatch(List.of())).willAnswer(call -> {
            threads.add(Thread.currentThread().getName());
            return CompletableFuture.completedFuture(List.of());
        });
        given(client.getUsers("presence-a")).willAnswer(call -> {
            threads.add(Thread.currentThread().getName());
            return CompletableFuture.completedFuture(List.of());
        });
        ReactiveLatteStreamTemplate latteStream = new ReactiveLatteStreamTemplate(client);

        StepVerifier.create(latteStream
                        .triggerBatch(List.of())
                        .then(latteStream.getUsers("presence-a"))
                        .subscribeOn(Schedulers.parallel()))
                .expectNext(List.of())
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(threads).hasSize(2).allSatisfy(thread -> assertThat(thread).startsWith("boundedElastic"));
    }

    @Test
    void allCallsReachTheServiceAndResultsAreNotEmittedOnItsIoThreads() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .build();
                TestSubscriber bob = TestSubscriber.connect(engine)) {
            bob.subscribe("presence-room", PresenceMember.of("bob"));
            ReactiveLatteStreamTemplate latteStream = new ReactiveLatteStreamTemplate(client);
            List<String> threads = new CopyOnWriteArrayList<>();

            List<Object> results = Flux.concat(
                            noting(threads, latteStream.trigger("presence-room", "message", 1)),
                            noting(threads, latteStream.triggerBatch(List.of(Event.of("presence-room", "two", 2)))),
                            noting(threads, latteStream.flushBatch()),
                            noting(threads, latteStream.getChannelInfo("presence-room", ChannelAttribute.USER_COUNT)),
                            noting(threads, latteStream.getUsers("presence-room")),
                            noting(threads, latteStream.getChannels("presence-")),
                            noting(threads, latteStream.authorizeChannel("1.2", "private-a")),
                            noting(
                                    threads,
                                    latteStream.authorizeChannel("1.2", "presence-a", PresenceMember.of("eve"))),
                            noting(
                                    threads,
                                    latteStream.createClientToken(
                                            ClientTokenRequest.of(engine.publicKey(), bob.socketId()))),
                            noting(threads, latteStream.terminateUserConnections("bob")))
                    .collectList()
                    .block(TIMEOUT);

            assertThat(results).hasSize(8).contains(new ChannelInfo(true, 1, null), List.of(new PresenceUser("bob")));
            bob.awaitEvent("presence-room", "message");
            bob.awaitEvent("presence-room", "two");
            bob.awaitDisconnect();
            assertThat(threads)
                    .hasSize(10)
                    .noneSatisfy(thread -> assertThat(thread).startsWith("lattestream-io"));
        }
    }

    private static Mono<Object> noting(List<String> threads, Mono<?> call) {
        return call.doOnSuccess(result -> threads.add(Thread.currentThread().getName()))
                .cast(Object.class);
    }

    @Test
    void aRejectedRequestEmitsAnError() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .build()) {
            engine.faults().failAll().withStatus(400);

            StepVerifier.create(new ReactiveLatteStreamTemplate(client).trigger("a", "b", 1))
                    .expectError(LatteStreamApiException.class)
                    .verify(TIMEOUT);
        }
    }
}
