package com.lattestream.spring.internal.broadcast;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.ResolvableType;

/** Parses templates, and validates them against a type. Thread-safe. */
final class TemplateParser {

    private TemplateParser() {}

    /**
     * Parses a template.
     * @throws IllegalArgumentException if the text is not a template, or does not match the type
     */
    static List<TemplatePart> parse(String template, ResolvableType type) {
        List<TemplatePart> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < template.length()) {
            boolean expression = template.startsWith("#{", i);
            char c = template.charAt(i);
            if (!expression && c != '{') {
                if (c == '}') {
                    throw new IllegalArgumentException("there is a } without a { before it");
                }
                literal.append(c);
                i++;
                continue;
            }
            if (!literal.isEmpty()) {
                parts.add(new TemplatePart.Literal(literal.toString()));
                literal.setLength(0);
            }
            int start = expression ? i + 2 : i + 1;
            int end = end(template, start);
            String inside = template.substring(start, end).trim();
            parts.add(expression ? computed(inside, type) : placeholder(inside, type));
            i = end + 1;
        }
        if (!literal.isEmpty()) {
            parts.add(new TemplatePart.Literal(literal.toString()));
        }
        return List.copyOf(parts);
    }

    // an expression may contain braces and quoted text
    private static int end(String template, int start) {
        int depth = 1;
        boolean quoted = false;
        for (int i = start; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is a { without a } after it");
    }

    private static TemplatePart placeholder(String property, ResolvableType type) {
        try {
            return new TemplatePart.Placeholder(PropertyPath.of(property, type));
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("{" + property + "} cannot be resolved: " + ex.getMessage());
        }
    }

    private static TemplatePart computed(String text, ResolvableType type) {
        return new TemplatePart.Computed(RootExpression.of(text, "#{" + text + "}", type));
    }
}
