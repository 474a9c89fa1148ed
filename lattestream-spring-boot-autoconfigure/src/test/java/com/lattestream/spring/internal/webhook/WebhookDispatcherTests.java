package com.lattestream.spring.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Webhook events as application events in a transaction of a real database. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookDispatcherTests {

    private static final WebhookEvent OCCUPIED = new WebhookEvent.ChannelOccupied("presence-lobby");

    private static final WebhookEvent ADDED = new WebhookEvent.MemberAdded("presence-lobby", "alice");

    private static final WebhookPayload PAYLOAD = new WebhookPayload(Instant.EPOCH, List.of(OCCUPIED, ADDED));

    private final List<AnnotationConfigApplicationContext> contexts = new ArrayList<>();

    @AfterEach
    void close() {
        contexts.forEach(AbstractApplicationContext::close);
    }

    private AnnotationConfigApplicationContext start(Class<?>... configurations) {
        return start(null, configurations);
    }

    private AnnotationConfigApplicationContext start(
            AnnotationConfigApplicationContext parent, Class<?>... configurations) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setParent(parent);
        context.register(configurations);
        context.refresh();
        contexts.add(0, context);
        return context;
    }

    private static Outcome dispatch(AnnotationConfigApplicationContext context) {
        return new WebhookDispatcher(
                        context,
                        new SpringWebhookTransaction(context.getBeanProvider(PlatformTransactionManager.class)))
                .dispatch(PAYLOAD);
    }

    @Test
    void aTransactionalListenerReceivesEachEventAfterTheCommit() {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);

        assertThat(context.getBean(Listeners.class).calls)
                .containsExactly(
                        "event channel_occupied in lattestream.webhook",
                        "event member_added in lattestream.webhook",
                        "payload of 2 in lattestream.webhook",
                        "committed channel_occupied with 2 rows",
                        "committed member_added with 2 rows");
    }

    @Test
    void anExceptionRollsTheWholeWebhookBack(CapturedOutput output) {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class);
        Listeners listeners = context.getBean(Listeners.class);
        listeners.failure = new IllegalStateException("the listener failed");

        assertThat(dispatch(context)).isEqualTo(Outcome.FAILED);

        assertThat(listeners.calls)
                .containsExactly("event channel_occupied in lattestream.webhook", "rolled back channel_occupied");
        assertThat(listeners.rows()).isZero();
        assertThat(output).contains("responding with status 500", "the listener failed");

        listeners.failure = null;
        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);
        assertThat(listeners.rows()).isEqualTo(2);
    }

    @Test
    void anErrorRollsItBackToo() {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class);
        Listeners listeners = context.getBean(Listeners.class);
        listeners.failure = new NoClassDefFoundError("lost");

        assertThat(dispatch(context)).isEqualTo(Outcome.FAILED);
        assertThat(listeners.rows()).isZero();
    }

    @Test
    void aListenerBeforeTheCommitFailsTheWebhook() {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class, BeforeCommit.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.FAILED);
        assertThat(context.getBean(Listeners.class).rows()).isZero();
    }

    @Test
    void aListenerAfterTheCommitDoesNotFailTheWebhook() {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class, AfterCommit.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.getBean(AfterCommit.class).calls).isEqualTo(2);
        assertThat(context.getBean(Listeners.class).rows()).isEqualTo(2);
    }

    @Test
    void withoutATransactionManagerEventsAreStillPublished() {
        AnnotationConfigApplicationContext context = start(Plain.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);

        assertThat(context.getBean(Plain.class).received).containsExactly(OCCUPIED, ADDED, PAYLOAD);
    }

    @Test
    void severalTransactionManagersWithoutAPrimaryOneAreLogged(CapturedOutput output) {
        AnnotationConfigApplicationContext context = start(Database.class, SecondManager.class, Plain.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.getBean(Plain.class).received).hasSize(3);
        assertThat(output).contains("none of them is primary");
    }

    @Test
    void aTransactionThatCannotBeginDefersTheWebhook(CapturedOutput output) {
        AnnotationConfigApplicationContext context = start(Database.class, Unreachable.class, Plain.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.DEFERRED);
        assertThat(context.getBean(Plain.class).received).isEmpty();
        assertThat(output).contains("[webhook_transaction_failed]", "responding with status 503");
    }

    @Test
    void aTransactionManagerIsNotCreatedBeforeTheFirstWebhookAndOneThatCannotBeCreatedDefersIt() {
        AnnotationConfigApplicationContext context = start(LazyManager.class, Plain.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.DEFERRED);
        assertThat(context.getBean(Plain.class).received).isEmpty();
    }

    @Test
    void aListenersOwnTransactionThatCannotBeginIsAFailureOfTheListener() {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class);
        context.getBean(Listeners.class).failure = new CannotCreateTransactionException("of the listener");

        assertThat(dispatch(context)).isEqualTo(Outcome.FAILED);
    }

    @Test
    void listenersOfAParentContextReceiveEachEventOnce() {
        AnnotationConfigApplicationContext parent = start(Database.class, Plain.class);
        AnnotationConfigApplicationContext child = start(parent, OfChild.class);

        assertThat(dispatch(child)).isEqualTo(Outcome.ACCEPTED);

        assertThat(parent.getBean(Plain.class).received).containsExactly(OCCUPIED, ADDED, PAYLOAD);
        assertThat(child.getBean(OfChild.class).received).containsExactly(OCCUPIED, ADDED, PAYLOAD);
    }

    @Test
    void anErrorHandlerOfTheApplicationsMulticasterDecides() {
        AnnotationConfigApplicationContext context = start(Database.class, Listeners.class, Lenient.class);
        context.getBean(Listeners.class).failure = new IllegalStateException("handled by the application");

        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void withAnExecutorOfTheApplicationsMulticasterTransactionalListenersStillFollowTheCommit() {
        AnnotationConfigApplicationContext context =
                start(Database.class, AfterCommit.class, FailingElsewhere.class, Executing.class);

        assertThat(dispatch(context)).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.getBean(AfterCommit.class).calls).isEqualTo(2);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Database {

        @Bean
        EmbeddedDatabase dataSource() {
            EmbeddedDatabase database = new EmbeddedDatabaseBuilder()
                    .generateUniqueName(true)
                    .setType(EmbeddedDatabaseType.H2)
                    .build();
            new JdbcTemplate(database).execute("CREATE TABLE webhook_events (name VARCHAR)");
            return database;
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {

        final List<String> calls = new ArrayList<>();

        private final JdbcTemplate jdbc;

        Throwable failure;

        Listeners(DataSource dataSource) {
            this.jdbc = new JdbcTemplate(dataSource);
        }

        int rows() {
            return jdbc.queryForList("SELECT name FROM webhook_events").size();
        }

        @EventListener
        @Order(1)
        void on(WebhookEvent event) throws Throwable {
            calls.add("event " + event.name() + " in " + TransactionSynchronizationManager.getCurrentTransactionName());
            jdbc.update("INSERT INTO webhook_events VALUES (?)", event.name());
        }

        @EventListener
        @Order(3)
        void fail(WebhookEvent event) throws Throwable {
            if (failure != null) {
                throw failure;
            }
        }

        @EventListener
        void on(WebhookPayload payload) {
            calls.add("payload of " + payload.events().size() + " in "
                    + TransactionSynchronizationManager.getCurrentTransactionName());
        }

        @TransactionalEventListener
        @Order(2)
        void committed(WebhookEvent event) {
            calls.add("committed " + event.name() + " with " + rows() + " rows");
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        @Order(2)
        void rolledBack(WebhookEvent event) {
            calls.add("rolled back " + event.name());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BeforeCommit {

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void fail(WebhookEvent.MemberAdded event) {
            throw new IllegalStateException("not to be committed");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class AfterCommit {

        int calls;

        @TransactionalEventListener
        void fail(WebhookEvent event) {
            calls++;
            throw new IllegalStateException("too late");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Plain {

        final List<Object> received = new ArrayList<>();

        @EventListener({WebhookEvent.class, WebhookPayload.class})
        void on(Object event) {
            received.add(event);
        }
    }

    static class OfChild extends Plain {}

    @Configuration(proxyBeanMethods = false)
    static class SecondManager {

        @Bean
        PlatformTransactionManager secondTransactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Unreachable {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource) {
                @Override
                protected void doBegin(Object transaction, TransactionDefinition definition) {
                    throw new CannotCreateTransactionException("the database is down");
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyManager {

        @Bean
        @Lazy
        PlatformTransactionManager transactionManager() {
            throw new IllegalStateException("the database is down");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Lenient {

        @Bean
        SimpleApplicationEventMulticaster applicationEventMulticaster() {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setErrorHandler(failure -> {});
            return multicaster;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Executing {

        @Bean
        SimpleApplicationEventMulticaster applicationEventMulticaster() {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor());
            return multicaster;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FailingElsewhere {

        @EventListener
        void on(WebhookEvent event) {
            throw new IllegalStateException("on another thread");
        }
    }
}
