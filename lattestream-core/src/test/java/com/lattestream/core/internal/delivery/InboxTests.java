package com.lattestream.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboxTests {

    private final Inbox inbox = new Inbox();

    private final BatchEntry first = entry();

    private final BatchEntry second = entry();

    private static BatchEntry entry() {
        return new BatchEntry(new EncodedEvent(List.of("a"), new byte[0]), EventFormat.BATCH, null);
    }

    private static List<BatchEntry> list(@Nullable BatchEntry oldest) {
        List<BatchEntry> entries = new ArrayList<>();
        for (BatchEntry entry = oldest; entry != null; entry = entry.nextInInbox) {
            entries.add(entry);
        }
        return entries;
    }

    @Test
    void entriesAreDrainedOnceInTheOrderInWhichTheyWereAdded() {
        assertThat(inbox.drain()).isNull();
        assertThat(inbox.add(first)).isTrue();
        assertThat(inbox.add(second)).isTrue();

        assertThat(list(inbox.drain())).containsExactly(first, second);
        assertThat(inbox.drain()).isNull();

        BatchEntry third = entry();
        inbox.add(third);
        assertThat(list(inbox.drain())).containsExactly(third);
    }

    @Test
    void closingDrainsTheInboxAndRejectsFurtherEntries() {
        inbox.add(first);
        inbox.add(second);

        assertThat(list(inbox.close())).containsExactly(first, second);
        assertThat(inbox.add(entry())).isFalse();
        assertThat(inbox.drain()).isNull();
        assertThat(inbox.close()).isNull();
    }
}
