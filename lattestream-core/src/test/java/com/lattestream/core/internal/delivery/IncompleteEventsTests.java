package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncompleteEventsTests {

    private final IncompleteEvents incomplete = new IncompleteEvents();

    private final PendingEvent first = event(1);

    private final PendingEvent second = event(2);

    private final PendingEvent third = event(3);

    private static PendingEvent event(long sequenceNumber) {
        EncodedEvent encoded = new EncodedEvent(List.of("a"), new byte[0]);
        PendingEvent event = new BatchEntry(encoded, EventFormat.BATCH, null).first;
        event.sequenceNumber = sequenceNumber;
        return event;
    }

    @BeforeEach
    void add() {
        incomplete.add(first);
        incomplete.add(second);
        incomplete.add(third);
    }

    private List<PendingEvent> all() {
        return incomplete.findAll(event -> true);
    }

    @Test
    void eventsAreInTheOrderInWhichTheyWereAdded() {
        assertThat(all()).containsExactly(first, second, third);
        assertThat(incomplete.first()).isSameAs(first);
        assertThat(incomplete.findFirst(event -> event != first)).isSameAs(second);
        assertThat(incomplete.findFirst(event -> false)).isNull();
        assertThat(incomplete.findAll(event -> event != second)).containsExactly(first, third);
        assertThat(incomplete.takeWhile(event -> event != second)).containsExactly(first);
        assertThat(incomplete.takeWhile(event -> true)).containsExactly(first, second, third);
    }

    @Test
    void anyEventCanBeRemovedOnce() {
        incomplete.remove(second);
        incomplete.remove(second);
        assertThat(all()).containsExactly(first, third);

        incomplete.remove(third);
        incomplete.remove(third);
        assertThat(all()).containsExactly(first);

        PendingEvent fourth = event(4);
        incomplete.add(fourth);
        assertThat(all()).containsExactly(first, fourth);

        incomplete.remove(first);
        incomplete.remove(first);
        assertThat(all()).containsExactly(fourth);
        incomplete.remove(fourth);
        assertThat(incomplete.first()).isNull();
        assertThat(all()).isEmpty();
    }

    // a removed event must not keep its neighbours, and their bytes, in memory
    @Test
    void aRemovedEventRefersToNoOther() {
        incomplete.remove(second);

        assertThat(second.previous).isNull();
        assertThat(second.next).isNull();
    }

    @Test
    void aFlushEndsWhenAllEventsThatWereAddedBeforeItAreRemoved() {
        CompletableFuture<?> flushOfTwo = incomplete.flush(2);
        CompletableFuture<?> flushOfThree = incomplete.flush(3);
        assertThat(incomplete.pollEndedFlushes()).isEmpty();

        incomplete.remove(second);
        assertThat(incomplete.pollEndedFlushes()).isEmpty();
        incomplete.remove(first);
        assertThat(incomplete.pollEndedFlushes()).isEqualTo(List.of(flushOfTwo));
        assertThat(incomplete.pollEndedFlushes()).isEmpty();

        incomplete.remove(third);
        assertThat(incomplete.pollEndedFlushes()).isEqualTo(List.of(flushOfThree));
    }

    @Test
    void withoutEventsAFlushHasEnded() {
        assertThat(new IncompleteEvents().flush(0)).isCompleted();
        assertThat(new IncompleteEvents().pollEndedFlushes()).isEmpty();
    }
}
