package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.RecordingLatteStreamTemplate;
import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalEventPublisher;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Reactive transactions on a real database: broadcasts wait for the commit. */
class ReactiveTransactionTests {

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
            .withUserConfiguration(Database.class)
            .withPropertyValues("lattestream.mode=none");

    private void run(Consumer<Orders> test) {
        runner.withBean(Orders.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(DatabaseClient.class)
                    .sql("create table orders (id int primary key)")
                    .then()
                    .block();
            test.accept(context.getBean(Orders.class));
        });
    }

    private List<String> triggered() {
        return latteStream.events().stream()
                .map(event -> event.channels().get(0))
                .toList();
    }

    private Mono<Void> nothingTriggered() {
        return Mono.fromRunnable(() -> assertThat(triggered()).isEmpty());
    }

    @Test
    void anEventOfTheTransactionalPublisherIsTriggeredAfterTheCommit() {
        run(orders -> {
            StepVerifier.create(orders.ship(7, nothingTriggered())).verifyComplete();
            assertThat(orders.count()).isEqualTo(1);
        });

        assertThat(triggered()).containsExactly("order-7");
    }

    @Test
    void itIsNotTriggeredAfterARollback() {
        run(orders -> {
            StepVerifier.create(orders.ship(7, Mono.error(new IllegalStateException("no carrier"))))
                    .verifyErrorMessage("no carrier");
            assertThat(orders.count()).isZero();
        });

        assertThat(triggered()).isEmpty();
    }

    @Test
    void itIsNotTriggeredIfTheCommitFails() {
        run(orders -> StepVerifier.create(orders.ship(7, orders.failCommit())).verifyErrorMessage("the disk is full"));

        assertThat(triggered()).isEmpty();
    }

    @Test
    void withoutATransactionTheTransactionalPublisherFails() {
        run(orders -> StepVerifier.create(orders.publish(7)).verifyError(NoTransactionException.class));

        assertThat(triggered()).isEmpty();
    }

    // as Spring's own listeners see it: it is documented
    @Test
    void anEventOfTheOrdinaryPublisherIsTriggeredAtOnceAndEvenIfItsTransactionIsRolledBack() {
        run(orders -> StepVerifier.create(orders.shipCarelessly(
                        7, Mono.fromRunnable(() -> assertThat(triggered()).containsExactly("order-7"))))
                .verifyErrorMessage("no carrier"));

        assertThat(triggered()).containsExactly("order-7");
    }

    @Test
    void theElementOfAMonoIsTriggeredAfterTheCommitOfItsOwnTransaction() {
        run(orders -> StepVerifier.create(orders.place(7, nothingTriggered()))
                .expectNextCount(1)
                .verifyComplete());

        assertThat(triggered()).containsExactly("order-7");
    }

    @Test
    void theElementOfAMonoWhoseOwnTransactionCannotBeCommittedIsNotTriggered() {
        run(orders -> StepVerifier.create(orders.place(7, orders.failCommit())).verifyErrorMessage("the disk is full"));

        assertThat(triggered()).isEmpty();
    }

    @Test
    void theElementsOfAFluxAreTriggeredAfterTheCommitOfItsOwnTransaction() {
        run(orders -> StepVerifier.create(orders.placeAll(3)
                        .doOnNext(order -> assertThat(triggered()).isEmpty()))
                .expectNextCount(3)
                .verifyComplete());

        assertThat(triggered()).containsExactly("order-1", "order-2", "order-3");
    }

    @Test
    void theElementsOfAFluxThatIsRolledBackAreNotTriggered() {
        run(orders -> {
            StepVerifier.create(orders.placeAll(-1)).expectNextCount(2).verifyErrorMessage("no stock");
            assertThat(orders.count()).isZero();
            StepVerifier.create(orders.placeAll(3), 1)
                    .expectNextCount(1)
                    .thenCancel()
                    .verify();
        });

        assertThat(triggered()).isEmpty();
    }

    // it is documented
    @Test
    void theElementsOfAFluxWithATransactionalOperatorAreTriggeredAtOnceAndThoseOfAMonoAfterTheCommit() {
        run(orders -> {
            StepVerifier.create(orders.placeWithOperator(-1)).expectNextCount(2).verifyErrorMessage("no stock");
            assertThat(triggered()).containsExactly("order-11", "order-12");

            StepVerifier.create(orders.placeOneWithOperator(7, orders.failCommit()))
                    .verifyErrorMessage("the disk is full");
            StepVerifier.create(orders.placeOneWithOperator(8, Mono.empty()))
                    .expectNextCount(1)
                    .verifyComplete();
        });

        assertThat(triggered()).containsExactly("order-11", "order-12", "order-8");
    }

    @Test
    void concurrentTransactionsWithinAMethodRemainIndependent() {
        run(orders -> {
            StepVerifier.create(orders.placeConcurrently(8)).expectNextCount(4).verifyComplete();
            assertThat(orders.count()).isEqualTo(4);
        });

        assertThat(triggered()).containsExactlyInAnyOrder("order-2", "order-4", "order-6", "order-8");
    }

    @Test
    void theAnnotationOfTheClassIsAsGood() {
        runner.withBean(Wholesale.class).withBean(Orders.class).run(context -> {
            context.getBean(DatabaseClient.class)
                    .sql("create table orders (id int primary key)")
                    .then()
                    .block();
            Flux<Order> placed = context.getBean(Wholesale.class)
                    .place(context.getBean(Orders.class))
                    .doOnNext(order -> assertThat(triggered()).isEmpty());
            StepVerifier.create(placed).expectNextCount(2).verifyComplete();
        });

        assertThat(triggered()).containsExactly("order-1", "order-2");
    }

    @Test
    void theTransactionOfTheCallerCounts() {
        run(orders -> {
            TransactionalOperator transaction = orders.transaction(TransactionDefinition.PROPAGATION_REQUIRED);
            StepVerifier.create(orders.announce(7)
                            .thenMany(orders.announceAll(8, 9))
                            .then(orders.place(10, Mono.empty()))
                            .then(nothingTriggered())
                            .as(transaction::transactional))
                    .verifyComplete();
            assertThat(triggered()).containsExactly("order-7", "order-8", "order-9", "order-10");

            StepVerifier.create(orders.announce(11)
                            .thenMany(orders.announceAll(12, 13))
                            .then(orders.place(14, Mono.empty()))
                            .then(Mono.error(new IllegalStateException("rolled back")))
                            .as(transaction::transactional))
                    .verifyErrorMessage("rolled back");
        });

        assertThat(triggered()).hasSize(4);
    }

    // Spring does not report savepoints to reactive synchronizations: it is documented
    @Test
    void aRollbackToASavepointDoesNotDiscardItsEvents() {
        run(orders -> StepVerifier.create(orders.place(7, Mono.empty())
                        .then(Mono.error(new IllegalStateException("nested")))
                        .as(orders.transaction(TransactionDefinition.PROPAGATION_NESTED)::transactional)
                        .onErrorResume(IllegalStateException.class, failure -> orders.place(8, Mono.empty()))
                        .then()
                        .as(orders.transaction(TransactionDefinition.PROPAGATION_REQUIRED)::transactional)
                        .then(Mono.fromRunnable(() -> assertThat(triggered()).hasSize(2))))
                .verifyComplete());
    }

    @Test
    void anIndependentTransactionIsNotRolledBackWithItsCaller() {
        run(orders -> StepVerifier.create(orders.announceIndependently(7)
                        .then(Mono.error(new IllegalStateException("rolled back")))
                        .as(orders.transaction(TransactionDefinition.PROPAGATION_REQUIRED)::transactional))
                .verifyErrorMessage("rolled back"));

        assertThat(triggered()).containsExactly("order-7");
    }

    @Test
    void outsideATransactionElementsAreTriggeredAtOnce() {
        run(orders -> StepVerifier.create(orders.announceAll(1, 2)
                        .doOnNext(order -> assertThat(triggered()).contains("order-" + order.id())))
                .expectNextCount(2)
                .verifyComplete());

        assertThat(triggered()).containsExactly("order-1", "order-2");
    }

    @Broadcast(channel = "order-{id}", event = "shipped")
    record Shipped(int id) {}

    record Order(int id) {}

    static class Orders {

        private final DatabaseClient database;

        private final ApplicationEventPublisher events;

        private final ReactiveTransactionManager transactions;

        Orders(DatabaseClient database, ApplicationContext events, ReactiveTransactionManager transactions) {
            this.database = database;
            this.events = events;
            this.transactions = transactions;
        }

        TransactionalOperator transaction(int propagation) {
            return TransactionalOperator.create(transactions, new DefaultTransactionDefinition(propagation));
        }

        long count() {
            return database.sql("select count(*) from orders")
                    .mapValue(Long.class)
                    .one()
                    .block();
        }

        private Mono<Order> insert(int id) {
            return database.sql("insert into orders values (" + id + ")").then().thenReturn(new Order(id));
        }

        Mono<Void> failCommit() {
            return TransactionSynchronizationManager.forCurrentTransaction()
                    .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {

                        @Override
                        public Mono<Void> beforeCommit(boolean readOnly) {
                            return Mono.error(new IllegalStateException("the disk is full"));
                        }
                    }))
                    .then();
        }

        Mono<Void> publish(int id) {
            return new TransactionalEventPublisher(events).publishEvent(new Shipped(id));
        }

        @Transactional
        Mono<Void> ship(int id, Mono<Void> afterwards) {
            return insert(id).then(publish(id)).then(afterwards);
        }

        @Transactional
        Mono<Void> shipCarelessly(int id, Mono<Void> afterwards) {
            return insert(id)
                    .doOnNext(order -> events.publishEvent(new Shipped(id)))
                    .then(afterwards)
                    .then(Mono.error(new IllegalStateException("no carrier")));
        }

        @Transactional
        @Broadcast(channel = "order-{id}", event = "placed")
        Mono<Order> place(int id, Mono<Void> afterwards) {
            return insert(id).flatMap(order -> afterwards.thenReturn(order));
        }

        @Transactional
        @Broadcast(channel = "order-{id}", event = "placed")
        Flux<Order> placeAll(int number) {
            return orders(number);
        }

        @Broadcast(channel = "order-{id}", event = "placed")
        Flux<Order> placeWithOperator(int number) {
            return orders(number).as(transaction(TransactionDefinition.PROPAGATION_REQUIRED)::transactional);
        }

        @Broadcast(channel = "order-{id}", event = "placed")
        Mono<Order> placeOneWithOperator(int id, Mono<Void> afterwards) {
            return insert(id)
                    .flatMap(order -> afterwards.thenReturn(order))
                    .as(transaction(TransactionDefinition.PROPAGATION_REQUIRED)::transactional);
        }

        // odd ones are rolled back while the others are open
        @Broadcast(channel = "order-{id}", event = "placed")
        Flux<Order> placeConcurrently(int number) {
            return Flux.range(1, number)
                    .flatMap(id -> insert(id)
                            .delayElement(Duration.ofMillis(id % 2 == 0 ? 300 : 100))
                            .flatMap(order -> id % 2 == 0
                                    ? Mono.just(order)
                                    : Mono.<Order>error(new IllegalStateException("no stock")))
                            .as(transaction(TransactionDefinition.PROPAGATION_REQUIRED)::transactional)
                            .onErrorResume(IllegalStateException.class, failure -> Mono.empty()));
        }

        Flux<Order> orders(int number) {
            return number > 0
                    ? Flux.range(1, number).concatMap(this::insert)
                    : Flux.range(11, 2)
                            .concatMap(this::insert)
                            .concatWith(Mono.error(new IllegalStateException("no stock")));
        }

        @Broadcast(channel = "order-{id}", event = "announced")
        Mono<Order> announce(int id) {
            return Mono.just(new Order(id));
        }

        @Broadcast(channel = "order-{id}", event = "announced")
        Flux<Order> announceAll(int first, int last) {
            return Flux.range(first, last - first + 1).map(Order::new);
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @Broadcast(channel = "order-{id}", event = "announced")
        Flux<Order> announceIndependently(int id) {
            return insert(id).flux();
        }
    }

    @Transactional
    static class Wholesale {

        @Broadcast(channel = "order-{id}", event = "placed")
        public Flux<Order> place(Orders orders) {
            return orders.orders(2);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Database {

        @Bean
        ConnectionFactory connectionFactory() {
            return new H2ConnectionFactory(H2ConnectionConfiguration.builder()
                    .inMemory(UUID.randomUUID().toString())
                    .property("DB_CLOSE_DELAY", "-1")
                    .build());
        }

        @Bean
        DatabaseClient databaseClient(ConnectionFactory connections) {
            return DatabaseClient.create(connections);
        }

        @Bean
        R2dbcTransactionManager transactionManager(ConnectionFactory connections) {
            return new R2dbcTransactionManager(connections);
        }
    }
}
