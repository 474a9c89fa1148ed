package com.lattestream.test.internal.fault;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that apply an effect to a number of requests. The first rule that matches a request applies, and its number of
 * remaining requests is reduced. Thread-safe.
 *
 * @param <T> type of the effect
 */
final class FaultRules<T> {

    static final int MAX_RULES = 1000;

    private final List<Rule<T>> rules = new ArrayList<>();

    synchronized void add(PathPattern path, int times, T effect) {
        if (rules.size() >= MAX_RULES) {
            throw new IllegalStateException("There are already " + MAX_RULES + " pending faults: call clear()");
        }
        rules.add(new Rule<>(path, times, effect));
    }

    synchronized @Nullable T poll(String path) {
        Iterator<Rule<T>> each = rules.iterator();
        while (each.hasNext()) {
            Rule<T> rule = each.next();
            if (rule.path.matches(path)) {
                if (rule.consume()) {
                    each.remove();
                }
                return rule.effect;
            }
        }
        return null;
    }

    synchronized int size() {
        return rules.size();
    }

    synchronized void clear() {
        rules.clear();
    }

    private static final class Rule<T> {

        private final PathPattern path;

        private final T effect;

        private int remaining;

        Rule(PathPattern path, int times, T effect) {
            this.path = path;
            this.remaining = times;
            this.effect = effect;
        }

        /** Reduces the number of remaining requests and returns whether it has become zero. */
        boolean consume() {
            return remaining != FaultPlan.ALWAYS && --remaining == 0;
        }
    }
}
