package com.lattestream.spring.boot.autoconfigure.broadcast;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamQueueFullException;
import com.lattestream.core.LatteStreamRolledBackException;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TriggerOperations;
import com.lattestream.core.TriggerResult;
import com.lattestream.emptypayload.AccountLocked;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import com.lattestream.test.ReceivedEvent;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

@ExtendWith(OutputCaptureExtension.class)
class BroadcastTests {

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private final Transactions transactions = new Transactions();

    private final TransactionTemplate transaction = new TransactionTemplate(transactions);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
            .withBean(Transactions.class, () -> transactions)
            .withUserConfiguration(Application.class)
            .withPropertyValues("lattestream.mode=none");

    @AfterEach
    void forgetTheRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    private void run(Consumer<AssertableApplicationContext> test) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(context);
        });
    }

    private void publish(Object event) {
        run(context -> context.publishEvent(event));
    }

    @Test
    void aPublishedEventIsTriggeredOnItsChannel() {
        publish(new OrderShipped(7, "DHL"));

        assertThat(latteStream).hasTriggeredJson("private-order-7", "shipped", "{\"orderId\":7,\"carrier\":\"DHL\"}");
        assertThat(latteStream.events()).hasSize(1);
    }

    @Test
    void otherEventsAreNot() {
        publish("something else");

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void aClassInheritsTheAnnotationButNotTheNameOfTheEvent() {
        publish(new PriceRaised("tea"));

        assertThat(latteStream).hasTriggeredJson("prices-tea", "PriceRaised", "{\"product\":\"tea\"}");
    }

    @Test
    void anEventOfTheOldKindIsAsGood() {
        publish(new StockChanged(this, "tea"));

        assertThat(latteStream).hasTriggered("stock", "tea-changed", "tea");
    }

    @Test
    void theSourceOfAnApplicationEventIsNeverSent() {
        Account account = new Account(7, "{bcrypt}hash");

        publish(new AccountRenamed(account, "bob"));
        publish(new AccountClosed(account));
        publish(new Audited(new AccountRenamed(account, "bob")));
        publish(new Enveloped<>(this, new AccountRenamed(account, "bob")));
        run(context -> context.getBean(Orders.class).rename(account));

        assertThat(latteStream)
                .hasTriggeredJson("account-7", "AccountRenamed", "{\"newName\":\"bob\"}")
                .hasTriggeredJson("account-7", "AccountClosed", "{\"newName\":\"nobody\",\"final\":true}")
                .hasTriggeredJson("audit", "Audited", "{\"cause\":{\"newName\":\"bob\"}}")
                .hasTriggeredJson("envelopes", "Enveloped", "{\"newName\":\"bob\"}")
                .hasTriggeredJson("accounts", "Renamed", "{\"newName\":\"carol\"}");
        assertThat(latteStream.events())
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.data()).doesNotContain("hash", "source", "timestamp"));
    }

    @Test
    void anEventWithNothingElseToSendFailsItsPublisher() {
        run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> context.publishEvent(new AccountLocked(new Account(7, "hash"))))
                .withMessageContaining("the source and the timestamp of an event are never sent"));

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void severalChannelsPropertiesOfPropertiesAndExpressions() {
        UUID id = UUID.randomUUID();

        publish(new MessagePosted(new Room(id, Kind.PUBLIC), "Ann", List.of("hello", "all")));

        assertThat(latteStream.events()).singleElement().satisfies(event -> {
            assertThat(event.channels()).containsExactly("room-" + id, "PUBLIC.ANN", "lines-2");
            assertThat(event.name()).isEqualTo("posted by Ann");
            assertThat(event.data()).isEqualTo("[\"hello\",\"all\"]");
        });
    }

    @Test
    void channelsMayBeAListOfTheEvents() {
        publish(new Invited(List.of(1, 2), new String[] {"lobby"}));
        publish(new Invited(List.of(), new String[0]));

        assertThat(latteStream.events())
                .extracting(ReceivedEvent::channels)
                .containsExactly(List.of("private-user-1", "private-user-2", "lobby"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"1,private-order-2", "../7", "7?", " 7", "ä", "7\n"})
    void aValueThatWouldLeadToAnotherChannelIsRefused(String id) {
        run(context -> assertThatExceptionOfType(InvalidBroadcastException.class)
                .isThrownBy(() -> context.publishEvent(new TextOrder(id)))
                .withMessageContaining(TextOrder.class.getName())
                .withMessageContaining("\"private-order-{id}\"")
                .withMessageContaining("the value of {id}"));

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void anEventThatCannotBeWrittenFailsItsPublisher() {
        run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> context.publishEvent(new Unwritable()))
                .withMessageContaining("cannot be written as JSON"));
    }

    @Test
    void insideATransactionItWaitsForTheCommit() {
        run(context -> transaction.executeWithoutResult(status -> {
            context.publishEvent(new OrderShipped(7, "DHL"));
            assertThat(latteStream).hasTriggeredNothing();
        }));

        assertThat(latteStream).hasTriggered("private-order-7", "shipped");
    }

    @Test
    void nothingIsTriggeredAfterARollback() {
        run(context -> {
            transaction.executeWithoutResult(status -> {
                context.publishEvent(new OrderShipped(7, "DHL"));
                status.setRollbackOnly();
            });
            transactions.commitFails = true;
            assertThatExceptionOfType(TransactionSystemException.class)
                    .isThrownBy(() -> transaction.executeWithoutResult(
                            status -> context.publishEvent(new OrderShipped(8, "DHL"))));
        });

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void anEventIsSentInItsStateOfThePublication() {
        run(context -> transaction.executeWithoutResult(status -> {
            Basket basket = new Basket();
            basket.items.add("tea");
            context.publishEvent(basket);
            basket.items.add("milk");
        }));

        assertThat(latteStream).hasTriggered("basket-1", "Basket", List.of("tea"));
    }

    @Test
    void theConnectionOfTheRequestIsLeftOut() {
        withSocketIds("ab12.34cd");
        publish(new Typing("Ann"));

        assertThat(latteStream.events())
                .singleElement()
                .extracting(ReceivedEvent::excludedSocketId)
                .isEqualTo("ab12.34cd");
    }

    @Test
    void theSenderIsExcludedOnlyIfTheAnnotationRequiresIt() {
        withSocketIds("ab12.34cd");
        publish(new OrderShipped(7, "DHL"));

        assertThat(latteStream.events())
                .singleElement()
                .extracting(ReceivedEvent::excludedSocketId)
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.2,3.4", "1.2\"", "ab12", "12345678901234567890123456789012345.1"})
    void anInvalidSocketIdIsIgnored(String header) {
        withSocketIds(header);
        publish(new Typing("Ann"));

        assertThat(latteStream.events())
                .singleElement()
                .extracting(ReceivedEvent::excludedSocketId)
                .isNull();
    }

    @Test
    void twoSocketIdsAreNone() {
        withSocketIds("1.2", "3.4");
        publish(new Typing("Ann"));

        assertThat(latteStream.events())
                .singleElement()
                .extracting(ReceivedEvent::excludedSocketId)
                .isNull();
    }

    @Test
    void withoutARequestAllSubscribersReceiveTheEvent() {
        publish(new Typing("Ann"));

        assertThat(latteStream).hasTriggered("room", "Typing");
    }

    private static void withSocketIds(String... ids) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String id : ids) {
            request.addHeader("X-Socket-ID", id);
        }
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    }

    @Test
    void theReturnValueOfAMethodIsTriggered() {
        run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThat(orders.place(7)).isEqualTo(new Order(7));
            assertThat(orders.find(8)).contains(new Order(8));
        });

        assertThat(latteStream)
                .hasTriggeredJson("orders", "placed-7", "{\"id\":7}")
                .hasTriggeredJson("private-order-8", "Order", "{\"id\":8}");
    }

    @Test
    void nothingThatIsReturnedIsNotTriggered() {
        run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThat(orders.place(0)).isNull();
            assertThat(orders.find(0)).isEmpty();
        });

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void aMethodsOwnTransactionComesFirst() {
        transactions.commitFails = true;
        run(context -> assertThatExceptionOfType(TransactionSystemException.class)
                .isThrownBy(() -> context.getBean(Orders.class).store(7)));
        assertThat(latteStream).hasTriggeredNothing();

        transactions.commitFails = false;
        run(context -> context.getBean(Orders.class).store(7));
        assertThat(latteStream).hasTriggered("private-order-7", "stored");
    }

    @Test
    void anObjectOfAMethodWhoseTransactionWasRolledBackIsNotBroadcast() {
        run(context -> {
            assertThat(context.getBean(Orders.class).discard(7)).isEqualTo(new Order(7));
            context.getBean(Orders.class).store(8);
        });

        assertThat(latteStream).hasTriggered("private-order-8", "stored").hasNotTriggered("private-order-7");
    }

    @Test
    void aMethodInsideATransactionWaitsForTheCommit() {
        run(context -> {
            transaction.executeWithoutResult(status -> {
                context.getBean(Orders.class).store(7);
                assertThat(latteStream).hasTriggeredNothing();
                status.setRollbackOnly();
            });
            assertThat(latteStream).hasTriggeredNothing();
            transaction.executeWithoutResult(
                    status -> context.getBean(Orders.class).store(8));
        });

        assertThat(latteStream).hasTriggered("private-order-8", "stored").hasNotTriggered("private-order-7");
    }

    @Test
    void aFullQueueDoesNotFailThePublisherAndIsLogged(CapturedOutput output) {
        latteStream.failNext(new LatteStreamQueueFullException("no room"));

        run(context -> {
            context.publishEvent(new OrderShipped(7, "DHL"));
            transaction.executeWithoutResult(status -> context.publishEvent(new OrderShipped(8, "DHL")));
        });

        assertThat(latteStream).hasNotTriggered("private-order-7").hasTriggered("private-order-8", "shipped");
        assertThat(output).contains("[broadcast_failed]", "[private-order-7]", "no room");
    }

    @Test
    void afterCommitWaitsForSpringsTransactions() {
        List<CompletableFuture<TriggerResult>> results = new ArrayList<>();
        RecordingLatteStreamTemplate recording = new RecordingLatteStreamTemplate();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class))
                .withBean(LatteStreamClient.class, recording::client)
                .run(context -> {
                    TriggerOperations afterCommit =
                            context.getBean(LatteStreamTemplate.class).afterCommit();
                    transaction.executeWithoutResult(status -> {
                        results.add(afterCommit.trigger("a", "committed", 1));
                        assertThat(recording).hasTriggeredNothing();
                    });
                    transaction.executeWithoutResult(status -> {
                        results.add(afterCommit.trigger("a", "rolled back", 1));
                        status.setRollbackOnly();
                    });
                    results.add(afterCommit.trigger("a", "outside", 1));
                });

        assertThat(recording.events()).extracting(ReceivedEvent::name).containsExactly("committed", "outside");
        assertThat(results.get(0)).isCompleted();
        assertThatThrownBy(results.get(1)::join).hasCauseInstanceOf(LatteStreamRolledBackException.class);
        assertThat(results.get(2)).isCompleted();
    }

    @Test
    void switchedOffItDoesNothing() {
        runner.withPropertyValues("lattestream.broadcast.enabled=false").run(context -> {
            context.publishEvent(new OrderShipped(7, "DHL"));
            context.getBean(Orders.class).place(7);
        });

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Broadcast(channel = "private-order-{orderId}", event = "shipped")
    record OrderShipped(long orderId, String carrier) {}

    @Broadcast(channel = "private-order-{id}")
    record TextOrder(String id) {}

    @Broadcast(channel = "prices-{product}")
    interface PriceChanged {

        String product();
    }

    record PriceRaised(String product) implements PriceChanged {}

    @Broadcast(channel = "stock", event = "{product}-changed", payload = "product")
    static class StockChanged extends ApplicationEvent {

        private static final long serialVersionUID = 1L;

        private final String product;

        StockChanged(Object source, String product) {
            super(source);
            this.product = product;
        }

        public String getProduct() {
            return product;
        }
    }

    record Account(long id, String passwordHash) {}

    @Broadcast(channel = "account-#{source.id()}")
    static class AccountRenamed extends ApplicationEvent {

        private static final long serialVersionUID = 1L;

        private final String newName;

        AccountRenamed(Account account, String newName) {
            super(account);
            this.newName = newName;
        }

        public String getNewName() {
            return newName;
        }
    }

    static class AccountClosed extends AccountRenamed {

        private static final long serialVersionUID = 1L;

        AccountClosed(Account account) {
            super(account, "nobody");
        }

        public boolean isFinal() {
            return true;
        }
    }

    @Broadcast(channel = "audit")
    record Audited(AccountRenamed cause) {}

    @Broadcast(channel = "envelopes", payload = "payload")
    static class Enveloped<T> extends PayloadApplicationEvent<T> {

        private static final long serialVersionUID = 1L;

        Enveloped(Object source, T payload) {
            super(source, payload);
        }
    }

    enum Kind {
        PUBLIC
    }

    record Room(UUID id, Kind kind) {}

    @Broadcast(
            channel = {
                "room-{room.id}",
                "{room.kind}.#{author.toUpperCase()}",
                "lines-#{lines.size() > 0 ? lines.size() : 'none}'}"
            },
            event = "posted by {author}",
            payload = "lines")
    record MessagePosted(Room room, String author, List<String> lines) {}

    @Broadcast(channel = {"#{users.!['private-user-' + #this]}", "{rooms}"})
    record Invited(List<Integer> users, String[] rooms) {}

    @Broadcast(channel = "basket-1", payload = "contents")
    static class Basket {

        private final List<String> items = new ArrayList<>();

        List<String> contents() {
            return items;
        }
    }

    @Broadcast(channel = "room", toOthers = true)
    record Typing(String name) {}

    @Broadcast(channel = "room")
    static class Unwritable {

        public String getName() {
            throw new IllegalStateException("cannot be read");
        }
    }

    record Order(long id) {}

    static class Orders {

        @Broadcast(channel = "orders", event = "placed-{id}")
        Order place(long id) {
            return id == 0 ? null : new Order(id);
        }

        @Broadcast(channel = "private-order-{id}")
        Optional<Order> find(long id) {
            return id == 0 ? Optional.empty() : Optional.of(new Order(id));
        }

        @Broadcast(channel = "accounts", event = "Renamed")
        AccountRenamed rename(Account account) {
            return new AccountRenamed(account, "carol");
        }

        @Transactional
        @Broadcast(channel = "private-order-{id}", event = "stored")
        public Order store(long id) {
            return new Order(id);
        }

        @Transactional
        @Broadcast(channel = "private-order-{id}", event = "stored")
        public Order discard(long id) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return new Order(id);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {

        @Bean
        Orders orders() {
            return new Orders();
        }
    }
}
