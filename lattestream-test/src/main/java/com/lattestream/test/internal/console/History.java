package com.lattestream.test.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last entries, each a JSON text with a number, from 1. Keeps so many of them, and so many characters, that memory
 * stays bounded. Whoever reads keeps their own place, and is told what they have missed. Thread-safe.
 */
final class History {

    static final int MAX_ENTRIES = 5_000;

    static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /**
     * Some of the entries, one after another.
     *
     * @param skipped how many before them are gone, unread
     * @param entries the entries; none if there is nothing new
     * @param last the number of the last of them, or what was given for it
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
     * Returns what comes after an entry.
     * @param last the number of the last entry that is known; 0 for none
     * @param maxEntries how many at most
     * @param maxCharacters how long they may be together; the first one is there however long it is
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

    /** Returns the place of who has seen nothing, and has missed nothing. */
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
