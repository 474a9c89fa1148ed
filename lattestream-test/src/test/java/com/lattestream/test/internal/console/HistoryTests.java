package com.lattestream.test.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.internal.console.History.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTests {

    private final History history = new History();

    @Test
    void handsOutWhatIsNew() {
        assertThat(history.after(0, 10, 1_000)).isEqualTo(new Slice(0, List.of(), 0));
        history.add("a");
        history.add("b");

        assertThat(history.after(0, 10, 1_000)).isEqualTo(new Slice(0, List.of("a", "b"), 2));
        assertThat(history.after(1, 10, 1_000)).isEqualTo(new Slice(0, List.of("b"), 2));
        assertThat(history.after(2, 10, 1_000)).isEqualTo(new Slice(0, List.of(), 2));
        assertThat(history.last()).isEqualTo(2);
    }

    @Test
    void handsOutNoMoreThanIsAskedFor() {
        List.of("aaaa", "bbbb", "cccc").forEach(history::add);

        assertThat(history.after(0, 2, 1_000)).isEqualTo(new Slice(0, List.of("aaaa", "bbbb"), 2));
        assertThat(history.after(0, 10, 8)).isEqualTo(new Slice(0, List.of("aaaa", "bbbb"), 2));
        assertThat(history.after(2, 10, 1)).isEqualTo(new Slice(0, List.of("cccc"), 3));
    }

    @Test
    void keepsTheNewestAndCountsWhatWasMissed() {
        for (int i = 1; i <= History.MAX_ENTRIES + 3; i++) {
            history.add("entry " + i);
        }

        assertThat(history.after(0, 1, 1_000)).isEqualTo(new Slice(3, List.of("entry 4"), 4));
        assertThat(history.after(2, 1, 1_000)).isEqualTo(new Slice(1, List.of("entry 4"), 4));
        assertThat(history.after(0, Integer.MAX_VALUE, Integer.MAX_VALUE).entries())
                .hasSize(History.MAX_ENTRIES);
    }

    @Test
    void keepsNoMoreThanSoMuchText() {
        String long1 = "x".repeat(History.MAX_CHARACTERS / 2);
        history.add(long1);
        history.add(long1);
        history.add("y");

        assertThat(history.after(0, 10, Integer.MAX_VALUE)).isEqualTo(new Slice(1, List.of(long1, "y"), 3));
    }
}
