package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.Goal;
import com.lattestream.samples.benchmark.result.Spread;
import java.util.List;
import java.util.Map;

/** Shows the goals, the results, and the reasons for missed goals. */
final class Goals {

    private final List<Goal> goals;

    private final Map<String, String> reasons;

    /**
     * Creates a table of goals.
     * @param reasons the reasons for missed goals, by {@linkplain #key(Goal) key}
     */
    Goals(List<Goal> goals, Map<String, String> reasons) {
        this.goals = goals;
        this.reasons = reasons;
    }

    String markdown() {
        Table table = new Table("measurement", ">goal", ">result", "");
        for (Goal goal : goals) {
            table.row(goal.what(), goal.target(), reached(goal), goal.met() ? "met" : "**missed**");
        }
        StringBuilder text = new StringBuilder(table.markdown());
        List<Goal> missed = goals.stream().filter(goal -> !goal.met()).toList();
        if (missed.isEmpty()) {
            return text.append("\nAll goals are met.\n").toString();
        }
        text.append("\nReasons why ").append(missed.size()).append(" of ").append(goals.size());
        text.append(missed.size() == 1 ? " is missed:\n\n" : " are missed:\n\n");
        for (Goal goal : missed) {
            String reason = reasons.getOrDefault(
                    key(goal), "No reason has been recorded (`goal-notes.properties`, `" + key(goal) + "`).");
            text.append("- **")
                    .append(Markdown.escape(goal.what()))
                    .append("**: ")
                    .append(reason)
                    .append('\n');
        }
        return text.toString();
    }

    /** Returns the key for the reason of a goal: its subject in lower case, with hyphens. */
    static String key(Goal goal) {
        return Picture.fileName(goal.what());
    }

    private static String reached(Goal goal) {
        Spread reached = goal.reached();
        String median = Numbers.plain(reached.median()) + goal.unit();
        return reached.min() == reached.max() ? median : median + " " + Numbers.range(reached, Numbers::plain);
    }
}
