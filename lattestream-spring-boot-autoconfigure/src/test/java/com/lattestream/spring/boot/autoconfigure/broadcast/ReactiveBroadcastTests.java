package com.lattestream.spring.boot.autoconfigure.broadcast;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.reactive.TransactionContextManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Methods that return publishers: their elements are broadcast. */
class ReactiveBroadcastTests {

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
            .withPropertyValues("lattestream.mode=none");

    private void run(Consumer<Orders> test) {
        runner.withBean(Orders.class).run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(context.getBean(Orders.class));
        });
    }

    private List<String> channels() {
        return latteStream.events().stream()
                .map(event -> event.channels().get(0))
                .toList();
    }

    @Test
    void theElementOfAMonoIsBroadcastWhenItIsEmitted() {
        run(orders -> {
            Mono<Order> placed = orders.place(Mono.fromSupplier(() -> new Order(7)));
            assertThat(latteStream).hasTriggeredNothing();

            StepVerifier.create(placed).expectNext(new Order(7)).verifyComplete();
        });

        assertThat(latteStream).hasTriggeredJson("private-order-7", "Order", "{\"id\":7}");
        assertThat(latteStream.events()).hasSize(1);
    }

    @Test
    void eachElementOfAFluxIsBroadcastWhenItIsEmitted() {
        Sinks.Many<Order> source = Sinks.many().unicast().onBackpressureBuffer();
        run(orders -> StepVerifier.create(orders.follow(source.asFlux()))
                .then(() -> source.tryEmitNext(new Order(1)))
                .expectNext(new Order(1))
                .then(() -> assertThat(channels()).containsExactly("private-order-1"))
                .then(() -> source.tryEmitNext(new Order(2)))
                .expectNext(new Order(2))
                .then(() -> assertThat(channels()).containsExactly("private-order-1", "private-order-2"))
                .then(source::tryEmitComplete)
                .verifyComplete());
    }

    @Test
    void eachSubscriptionBroadcasts() {
        run(orders -> StepVerifier.create(orders.place(Mono.just(new Order(7))).repeat(1))
                .expectNextCount(2)
                .verifyComplete());

        assertThat(channels()).containsExactly("private-order-7", "private-order-7");
    }

    @Test
    void withoutASubscriptionOrAnElementNothingIsBroadcast() {
        run(orders -> {
            orders.place(Mono.just(new Order(7)));
            orders.follow(Flux.just(new Order(7)));
            StepVerifier.create(orders.place(Mono.empty())).verifyComplete();
            StepVerifier.create(orders.place(Mono.error(new IllegalStateException("no stock"))))
                    .verifyErrorMessage("no stock");
            StepVerifier.create(orders.place(null)).verifyErrorMessage("no mono");
            StepVerifier.create(orders.find(Optional.empty()))
                    .expectNextCount(1)
                    .verifyComplete();
        });

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void elementsBeforeAFailureHaveBeenBroadcast() {
        run(orders -> StepVerifier.create(orders.follow(
                        Flux.concat(Mono.just(new Order(1)), Mono.error(new IllegalStateException("broken")))))
                .expectNextCount(1)
                .verifyErrorMessage("broken"));

        assertThat(channels()).containsExactly("private-order-1");
    }

    @Test
    void anOptionalElementIsUnwrapped() {
        run(orders -> StepVerifier.create(orders.find(Optional.of(new Order(7))))
                .expectNextCount(1)
                .verifyComplete());

        assertThat(channels()).containsExactly("private-order-7");
    }

    @Test
    void theConditionIsThatOfTheElement() {
        run(orders -> StepVerifier.create(orders.large(Flux.range(1, 5).map(Order::new)))
                .expectNextCount(5)
                .verifyComplete());

        assertThat(channels()).containsExactly("private-order-4", "private-order-5");
    }

    @Test
    void aValueThatDoesNotFitFailsTheSubscriber() {
        run(orders -> StepVerifier.create(orders.rename(Flux.just(new Named("a"), new Named("b,c"), new Named("d"))))
                .expectNext(new Named("a"))
                .verifyError(InvalidBroadcastException.class));

        assertThat(channels()).containsExactly("named-a");
    }

    @Test
    void laterFailuresDoNotReachTheSubscriber() {
        latteStream.failNext(new LatteStreamQueueFullException("no room"));
        run(orders -> {
            StepVerifier.create(orders.place(Mono.just(new Order(7))))
                    .expectNextCount(1)
                    .verifyComplete();
            latteStream.failNext(new LatteStreamException("refused"));
            StepVerifier.create(orders.place(Mono.just(new Order(8))))
                    .expectNextCount(1)
                    .verifyComplete();
        });

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void aPublisherOfAnInterfaceKeepsItsType() {
        runner.withBean(Shop.class, Shop::new).run(context -> {
            assertThat(context.getBean(Placing.class).place()).isInstanceOf(Mono.class);
            Flux.from(context.getBean(Placing.class).place()).blockLast();
        });

        assertThat(channels()).containsExactly("private-order-7");
    }

    @Test
    void aReactiveTransactionOfTheSubscriberIsNotNeeded() {
        run(orders -> StepVerifier.create(orders.follow(Flux.just(new Order(7)))
                        .contextWrite(TransactionContextManager.createTransactionContext()))
                .expectNextCount(1)
                .verifyComplete());

        assertThat(channels()).containsExactly("private-order-7");
    }

    @ParameterizedTest
    @ValueSource(classes = {UnknownProperty.class, NoElement.class, AnyPublisher.class, Nested.class})
    void anInvalidBroadcastStopsTheStart(Class<?> invalid) {
        runner.withBean(invalid)
                .run(context -> assertThat(context).getFailure().isInstanceOf(InvalidBroadcastException.class));
    }

    static class UnknownProperty {

        @Broadcast(channel = "private-order-{number}")
        Mono<Order> place() {
            return Mono.empty();
        }
    }

    static class NoElement {

        @Broadcast(channel = "orders", event = "e")
        Mono<Void> place() {
            return Mono.empty();
        }
    }

    static class AnyPublisher {

        @Broadcast(channel = "orders", event = "e")
        Publisher<Order> place() {
            return Mono.empty();
        }
    }

    static class Nested {

        @Broadcast(channel = "orders", event = "e")
        Mono<Mono<Order>> place() {
            return Mono.empty();
        }
    }

    record Order(long id) {}

    record Named(String name) {}

    interface Placing {
        Publisher<Order> place();
    }

    static class Shop implements Placing {

        @Override
        @Broadcast(channel = "private-order-{id}")
        public Mono<Order> place() {
            return Mono.just(new Order(7));
        }
    }

    static class Orders {

        @Broadcast(channel = "private-order-{id}")
        Mono<Order> place(Mono<Order> order) {
            return order == null ? Mono.error(new IllegalStateException("no mono")) : order;
        }

        @Broadcast(channel = "private-order-{id}")
        Flux<Order> follow(Flux<Order> orders) {
            return orders;
        }

        @Broadcast(channel = "private-order-{id}", condition = "id > 3")
        Flux<Order> large(Flux<Order> orders) {
            return orders;
        }

        @Broadcast(channel = "named-{name}")
        Flux<Named> rename(Flux<Named> named) {
            return named;
        }

        @Broadcast(channel = "private-order-{id}")
        Mono<Optional<Order>> find(Optional<Order> order) {
            return Mono.just(order);
        }
    }
}
