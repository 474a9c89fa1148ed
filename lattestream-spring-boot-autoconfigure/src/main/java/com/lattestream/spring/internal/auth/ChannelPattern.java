package com.lattestream.spring.internal.auth;

import com.lattestream.core.ChannelName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Channel names with variable parts: {@code private-order-{orderId}}. A variable stands for one or more characters, up
 * to the first occurrence of the character that follows it in the pattern. Immutable.
 */
final class ChannelPattern {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

    private final String text;

    private final List<String> variables = new ArrayList<>();

    // one more than there are variables; the first and the last may be empty
    private final List<String> literals = new ArrayList<>();

    private final Pattern regex;

    private ChannelPattern(String text) {
        this.text = text;
        Matcher variable = VARIABLE.matcher(text);
        int end = 0;
        while (variable.find()) {
            literals.add(text.substring(end, variable.start()));
            variables.add(variable.group(1));
            end = variable.end();
        }
        literals.add(text.substring(end));
        check();
        this.regex = regex();
    }

    /**
     * Parses a pattern.
     * @param text the pattern
     * @return the pattern
     * @throws IllegalArgumentException if the text is not a valid pattern
     */
    static ChannelPattern of(String text) {
        return new ChannelPattern(text);
    }

    private void check() {
        String start = literals.get(0);
        if (!ChannelName.isAuthorizable(start)) {
            throw new IllegalArgumentException("it must start with private- or presence-: other channels are public");
        }
        for (String literal : literals) {
            if (!literal.isEmpty() && !ChannelName.isValid(literal)) {
                throw new IllegalArgumentException(
                        "outside of variables it must consist of characters that channel names"
                                + " may have: a-z A-Z 0-9 _ - = @ . ;");
            }
        }
        for (int i = 1; i < variables.size(); i++) {
            if (literals.get(i).isEmpty()) {
                throw new IllegalArgumentException("there must be a character between {" + variables.get(i - 1)
                        + "} and {" + variables.get(i) + "}, which marks the end of the first variable");
            }
        }
        for (String variable : variables) {
            if (variable.isBlank()) {
                throw new IllegalArgumentException("a variable must have a name: {name}");
            }
        }
        if (new HashSet<>(variables).size() < variables.size()) {
            throw new IllegalArgumentException("the names of its variables must be unique");
        }
    }

    private Pattern regex() {
        StringBuilder regex = new StringBuilder(Pattern.quote(literals.get(0)));
        for (int i = 1; i < literals.size(); i++) {
            String next = literals.get(i);
            String exceptNext = next.isEmpty() ? "" : "(?!" + Pattern.quote(next.substring(0, 1)) + ")";
            regex.append("((?:").append(exceptNext).append(".)+)").append(Pattern.quote(next));
        }
        return Pattern.compile(regex.toString());
    }

    List<String> variables() {
        return List.copyOf(variables);
    }

    /** Returns the values of the variables, if the pattern matches a channel. */
    Optional<Map<String, String>> match(String channel) {
        Matcher matcher = regex.matcher(channel);
        if (!ChannelName.isValid(channel) || !matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }

    /** Returns the specificity of this pattern: the number of literal characters. */
    int specificity() {
        return literals.stream().mapToInt(String::length).sum();
    }

    /** Returns whether there is a channel that both patterns may match, with equal specificity. */
    boolean isAmbiguousWith(ChannelPattern other) {
        return specificity() == other.specificity() && overlap(wildcards(), 0, other.wildcards(), 0, new HashSet<>());
    }

    // ?* stands for a variable: one character of any kind, followed by any number of characters
    private String wildcards() {
        return String.join("?*", literals);
    }

    private static boolean overlap(String a, int i, String b, int j, Set<Long> seen) {
        if (i == a.length() && j == b.length()) {
            return true;
        }
        if (!seen.add(((long) i << 32) | j)) {
            return false;
        }
        char atA = i < a.length() ? a.charAt(i) : 0;
        char atB = j < b.length() ? b.charAt(j) : 0;
        if (atA == '*') {
            return overlap(a, i + 1, b, j, seen) || (atB != 0 && overlap(a, i, b, j + 1, seen));
        }
        if (atB == '*') {
            return overlap(a, i, b, j + 1, seen) || (atA != 0 && overlap(a, i + 1, b, j, seen));
        }
        return atA != 0 && atB != 0 && (atA == atB || atA == '?' || atB == '?') && overlap(a, i + 1, b, j + 1, seen);
    }

    @Override
    public String toString() {
        return text;
    }
}
