package com.lattestream.test.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.internal.console.EntryLog.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryLogTests {

    private final EntryLog entryLog = new EntryLog();

    @Test
    void returnsNewEntries() {
        assertThat(entryLog.after(0, 10, 1_000)).isEqualTo(new Slice(0, List.of(), 0));
        entryLog.add("a");
        entryLog.add("b");

        assertThat(entryLog.after(0, 10, 1_000)).isEqualTo(new Slice(0, List.of("a", "b"), 2));
        assertThat(entryLog.after(1, 10, 1_000)).isEqualTo(new Slice(0, List.of("b"), 2));
        assertThat(entryLog.after(2, 10, 1_000)).isEqualTo(new Slice(0, List.of(), 2));
        assertThat(entryLog.last()).isEqualTo(2);
    }

    @Test
    void returnsAtMostTheRequestedEntries() {
        List.of("aaaa", "bbbb", "cccc").forEach(entryLog::add);

        assertThat(entryLog.after(0, 2, 1_000)).isEqualTo(new Slice(0, List.of("aaaa", "bbbb"), 2));
        assertThat(entryLog.after(0, 10, 8)).isEqualTo(new Slice(0, List.of("aaaa", "bbbb"), 2));
        assertThat(entryLog.after(2, 10, 1)).isEqualTo(new Slice(0, List.of("cccc"), 3));
    }

    @Test
    void keepsTheNewestEntriesAndCountsMissedOnes() {
        for (int i = 1; i <= EntryLog.MAX_ENTRIES + 3; i++) {
            entryLog.add("entry " + i);
        }

        assertThat(entryLog.after(0, 1, 1_000)).isEqualTo(new Slice(3, List.of("entry 4"), 4));
        assertThat(entryLog.after(2, 1, 1_000)).isEqualTo(new Slice(1, List.of("entry 4"), 4));
        assertThat(entryLog.after(0, Integer.MAX_VALUE, Integer.MAX_VALUE).entries())
                .hasSize(EntryLog.MAX_ENTRIES);
    }

    @Test
    void limitsTheTotalLength() {
        String long1 = "x".repeat(EntryLog.MAX_CHARACTERS / 2);
        entryLog.add(long1);
        entryLog.add(long1);
        entryLog.add("y");

        assertThat(entryLog.after(0, 10, Integer.MAX_VALUE)).isEqualTo(new Slice(1, List.of(long1, "y"), 3));
    }
}
