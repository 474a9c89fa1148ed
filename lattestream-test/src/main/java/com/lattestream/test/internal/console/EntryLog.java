package com.lattestream.test.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the most recent entries, limited by their number and size. Each entry is a JSON text with a sequence number,
 * starting at 1. Readers keep track of their position, and are informed of the number of missed entries. Thread-safe.
 */
final class EntryLog {

    static final int MAX_ENTRIES = 5_000;

    static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /**
     * Consecutive entries.
     *
     * @param skipped number of entries that were removed before they could be read
     * @param entries the entries; empty if there are no new ones
     * @param last number of the last entry, or the given position if there are no new ones
     */
    record Slice(long skipped, List<String> entries, long last) {}

    private final @Nullable String[] ring = new String[MAX_ENTRIES];

    private long oldest = 1;

    private long next = 1;

    private long characters;

    synchronized void add(String entry) {
        while (next - oldest >= MAX_ENTRIES || (next > oldest && characters + entry.length() > MAX_CHARACTERS)) {
            characters -= get(oldest).length();
            ring[slot(oldest)] = null;
            oldest++;
        }
        ring[slot(next)] = entry;
        characters += entry.length();
        next++;
    }

    /**
     * Returns the entries after a position.
     * @param last number of the last known entry; 0 for none
     * @param maxEntries maximum number of entries
     * @param maxCharacters maximum total length; the first entry is returned regardless of its length
     */
    synchronized Slice after(long last, int maxEntries, int maxCharacters) {
        long from = Math.max(last + 1, oldest);
        List<String> entries = new ArrayList<>();
        int size = 0;
        long number = from;
        while (number < next && entries.size() < maxEntries) {
            String entry = get(number);
            size += entry.length();
            if (size > maxCharacters && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
            number++;
        }
        return new Slice(from - last - 1, entries, number - 1);
    }

    /** Returns the position of a new reader, for which no entries count as missed. */
    synchronized long beforeOldest() {
        return oldest - 1;
    }

    /** Returns the number of the newest entry, or 0. */
    synchronized long last() {
        return next - 1;
    }

    private String get(long number) {
        return Objects.requireNonNull(ring[slot(number)]);
    }

    private static int slot(long number) {
        return (int) (number % MAX_ENTRIES);
    }
}
