package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AfterCommitTests {

    private final List<Runnable> committed = new ArrayList<>();

    private final List<Runnable> rolledBack = new ArrayList<>();

    private final List<String> triggered = new ArrayList<>();

    private final OfflineLatteStreamClient client = new OfflineLatteStreamClient(
            null, JsonMapper.builder().build()) {
        @Override
        protected void accept(List<Event> events) {
            for (Event event : events) {
                triggered.add(event.channels() + " " + event.name() + " " + event.data()
                        + event.excludedSocketId().map(id -> " not " + id).orElse(""));
            }
        }
    };

    private final TriggerOperations afterCommit = new LatteStreamTemplate(client, (commit, rollback) -> {
                committed.add(commit);
                rolledBack.add(rollback);
            })
            .afterCommit();

    @Test
    void nothingIsTriggeredBeforeTheCommit() {
        CompletableFuture<TriggerResult> one = afterCommit.trigger("a", "e", 1);
        CompletableFuture<TriggerResult> several = afterCommit.trigger(List.of("a", "b"), "e", 2);
        CompletableFuture<TriggerResult> event =
                afterCommit.trigger(Event.of("a", "e", 3).excludingSocket("1.2"));
        CompletableFuture<TriggerResult> tried = afterCommit.tryTrigger(Event.of("a", "e", 4));
        CompletableFuture<List<TriggerResult>> batch =
                afterCommit.triggerBatch(List.of(Event.of("a", "e", 5), Event.of("b", "e", 6)));

        assertThat(triggered).isEmpty();
        assertThat(List.of(one, several, event, tried, batch)).noneMatch(CompletableFuture::isDone);

        committed.forEach(Runnable::run);

        assertThat(triggered)
                .containsExactly("[a] e 1", "[a, b] e 2", "[a] e 3 not 1.2", "[a] e 4", "[a] e 5", "[b] e 6");
        assertThat(one.join().channels()).containsExactly("a");
        assertThat(several.join().channels()).containsExactly("a", "b");
        assertThat(batch.join()).hasSize(2);
        assertThat(List.of(event, tried)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void nothingIsTriggeredAfterARollback() {
        CompletableFuture<TriggerResult> event = afterCommit.trigger("a", "e", 1);
        CompletableFuture<List<TriggerResult>> batch = afterCommit.triggerBatch(List.of(Event.of("a", "e", 2)));

        rolledBack.forEach(Runnable::run);

        assertThat(triggered).isEmpty();
        assertThatThrownBy(event::join)
                .cause()
                .isInstanceOf(LatteStreamRolledBackException.class)
                .hasMessageContaining("rolled back");
        assertThatThrownBy(batch::join).hasCauseInstanceOf(LatteStreamRolledBackException.class);
    }

    @Test
    void theDataIsAsItWasAtTheCall() {
        List<String> data = new ArrayList<>(List.of("before"));
        afterCommit.trigger("a", "e", data);
        afterCommit.triggerBatch(List.of(Event.of("a", "e", data)));
        data.set(0, "after");

        committed.forEach(Runnable::run);

        assertThat(triggered).containsExactly("[a] e [\"before\"]", "[a] e [\"before\"]");
    }

    @Test
    void badArgumentsAreRefusedAtTheCall() {
        assertThatIllegalArgumentException().isThrownBy(() -> afterCommit.trigger("a/b", "e", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> afterCommit.trigger(List.of(), "e", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> afterCommit.trigger("a", "e", new Unwritable()));
        assertThatIllegalArgumentException().isThrownBy(() -> afterCommit.trigger(null));
        assertThatIllegalArgumentException().isThrownBy(() -> afterCommit.triggerBatch(List.of()));
        assertThat(committed).isEmpty();
    }

    @Test
    void aFailureAfterTheCommitCompletesTheFutureExceptionally() {
        CompletableFuture<TriggerResult> event = afterCommit.trigger("a", "e", 1);
        client.close();

        committed.forEach(Runnable::run);

        assertThatThrownBy(event::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFlushWaitsForTheCommitAsWell() {
        CompletableFuture<Void> flushed = afterCommit.flushBatch();
        assertThat(flushed).isNotDone();

        committed.forEach(Runnable::run);

        assertThat(flushed).isCompleted();
    }

    @Test
    void withoutTransactionsItIsAtOnce() {
        new LatteStreamTemplate(client, TransactionBoundary.none())
                .afterCommit()
                .trigger("a", "e", 1)
                .join();

        assertThat(triggered).containsExactly("[a] e 1");
    }

    @Test
    void aTemplateWithoutATransactionBoundaryRejectsAfterCommit() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new LatteStreamTemplate(client).afterCommit())
                .withMessageContaining("without a TransactionBoundary");
    }

    static class Unwritable {

        public Object getValue() {
            throw new IllegalStateException("cannot be read");
        }
    }
}
