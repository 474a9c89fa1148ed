package com.lattestream.test.internal.fault;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to which requests, and how often. The first rule that fits a request counts, and is used up by it.
 * Thread-safe.
 *
 * @param <T> what is to happen
 */
final class FaultRules<T> {

    static final int MAX_RULES = 1000;

    private final List<Rule<T>> rules = new ArrayList<>();

    synchronized void add(PathPattern path, int times, T what) {
        if (rules.size() >= MAX_RULES) {
            throw new IllegalStateException("There are " + MAX_RULES + " faults waiting already: clear() them");
        }
        rules.add(new Rule<>(path, times, what));
    }

    synchronized @Nullable T take(String path) {
        Iterator<Rule<T>> each = rules.iterator();
        while (each.hasNext()) {
            Rule<T> rule = each.next();
            if (rule.path.matches(path)) {
                if (rule.isUsedUp()) {
                    each.remove();
                }
                return rule.what;
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

        private final T what;

        private int left;

        Rule(PathPattern path, int times, T what) {
            this.path = path;
            this.left = times;
            this.what = what;
        }

        boolean isUsedUp() {
            return left != FaultPlan.ALWAYS && --left == 0;
        }
    }
}
