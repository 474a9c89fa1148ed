package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamRolledBackException;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.TransactionBoundary;
import com.lattestream.core.TriggerOperations;
import com.lattestream.core.TriggerResult;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.ReceivedEvent;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Nested transactions on a real database: broadcasts since the savepoint are discarded with it. */
class SavepointTests {

    private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder()
            .generateUniqueName(true)
            .setType(EmbeddedDatabaseType.H2)
            .build();

    private final JdbcTransactionManager manager = new JdbcTransactionManager(database);

    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    private final TransactionTemplate nested = with(TransactionDefinition.PROPAGATION_NESTED);

    private final TransactionTemplate independent = with(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private TransactionTemplate with(int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    @AfterEach
    void close() {
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        database.shutdown();
    }

    private void run(Consumer<ApplicationEventPublisher> test) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
                .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
                .withPropertyValues("lattestream.mode=none")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(context);
                });
    }

    private void assertThatTriggered(String... channels) {
        assertThat(latteStream.events())
                .extracting(event -> event.channels().get(0))
                .containsExactly(channels);
    }

    @Test
    void eventsOfANestedTransactionThatIsRolledBackAreDiscarded() {
        run(events -> transaction.executeWithoutResult(outer -> {
            events.publishEvent(new Step("before"));
            nested.executeWithoutResult(status -> {
                events.publishEvent(new Step("inside"));
                status.setRollbackOnly();
            });
            events.publishEvent(new Step("after"));
        }));

        assertThatTriggered("step-before", "step-after");
    }

    @Test
    void eventsOfANestedTransactionThatIsCommittedAreKept() {
        run(events -> transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(status -> events.publishEvent(new Step("inside")));
            events.publishEvent(new Step("after"));
        }));

        assertThatTriggered("step-inside", "step-after");
    }

    @Test
    void aSavepointBeforeTheFirstEventCountsToo() {
        run(events -> transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(status -> {
                events.publishEvent(new Step("inside"));
                status.setRollbackOnly();
            });
            nested.executeWithoutResult(status -> events.publishEvent(new Step("second")));
        }));

        assertThatTriggered("step-second");
    }

    @Test
    void savepointsMayBeNestedAndUsedSeveralTimes() {
        run(events -> transaction.executeWithoutResult(status -> {
            events.publishEvent(new Step("1"));
            Object first = status.createSavepoint();
            events.publishEvent(new Step("2"));
            Object second = status.createSavepoint();
            events.publishEvent(new Step("3"));
            status.rollbackToSavepoint(second);
            events.publishEvent(new Step("4"));
            status.rollbackToSavepoint(first);
            events.publishEvent(new Step("5"));
            status.rollbackToSavepoint(first);
            events.publishEvent(new Step("6"));
        }));

        assertThatTriggered("step-1", "step-6");
    }

    @Test
    void anIndependentTransactionHasItsOwnEvents() {
        run(events -> transaction.executeWithoutResult(outer -> {
            events.publishEvent(new Step("outer"));
            nested.executeWithoutResult(status -> {
                events.publishEvent(new Step("nested"));
                independent.executeWithoutResult(inner -> events.publishEvent(new Step("independent")));
                status.setRollbackOnly();
            });
            assertThatTriggered("step-independent");
        }));

        assertThatTriggered("step-independent", "step-outer");
    }

    @Test
    void afterARollbackOfTheWholeTransactionNothingIsTriggered() {
        run(events -> transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(status -> events.publishEvent(new Step("inside")));
            outer.setRollbackOnly();
        }));

        assertThat(latteStream).extracting(RecordingLatteStreamTemplate::events).isEqualTo(List.of());
    }

    @Test
    void theFutureOfATriggerAfterCommitFailsWithTheSavepoint() {
        List<CompletableFuture<TriggerResult>> results = new ArrayList<>();
        RecordingLatteStreamTemplate recording = new RecordingLatteStreamTemplate();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class))
                .withBean(LatteStreamClient.class, recording::client)
                .run(context -> {
                    TriggerOperations afterCommit =
                            context.getBean(LatteStreamTemplate.class).afterCommit();
                    transaction.executeWithoutResult(outer -> {
                        nested.executeWithoutResult(status -> {
                            results.add(afterCommit.trigger("a", "discarded", 1));
                            status.setRollbackOnly();
                        });
                        assertThat(results.get(0)).isCompletedExceptionally();
                        results.add(afterCommit.trigger("a", "kept", 1));
                    });
                });

        assertThat(recording.events()).extracting(ReceivedEvent::name).containsExactly("kept");
        assertThatThrownBy(results.get(0)::join)
                .hasCauseInstanceOf(LatteStreamRolledBackException.class)
                .hasMessageContaining("savepoint");
        assertThat(results.get(1)).isCompleted();
    }

    @Test
    void anActionThatFailsDoesNotKeepTheOthersFromRunning() {
        List<String> calls = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class))
                .withPropertyValues("lattestream.mode=none")
                .run(context -> {
                    TransactionBoundary boundary = context.getBean(TransactionBoundary.class);
                    transaction.executeWithoutResult(status -> {
                        boundary.afterCompletion(
                                () -> {
                                    throw new IllegalStateException("of one action");
                                },
                                () -> {});
                        boundary.afterCompletion(() -> calls.add("committed"), () -> calls.add("rolled back"));
                    });
                });

        assertThat(calls).containsExactly("committed");
    }

    @Broadcast(channel = "step-{name}")
    record Step(String name) {}
}
