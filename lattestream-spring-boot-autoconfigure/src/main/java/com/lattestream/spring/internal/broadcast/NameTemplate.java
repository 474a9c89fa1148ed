package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.ChannelName;
import com.lattestream.core.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ObjectUtils;

/** A template of a channel, an event name or a conflation key, validated against the type of its objects. Immutable. */
final class NameTemplate {

    private final String template;

    private final List<TemplatePart> parts;

    private final boolean channel;

    private NameTemplate(String template, List<TemplatePart> parts, boolean channel) {
        this.template = template;
        this.parts = parts;
        this.channel = channel;
    }

    /** Parses the template of a channel. */
    static NameTemplate channel(String template, ResolvableType type) {
        return of(template, type, true);
    }

    /** Parses the template of an event name. */
    static NameTemplate event(String template, ResolvableType type) {
        return of(template, type, false);
    }

    /** Parses the template of a conflation key. */
    static NameTemplate conflationKey(String template, ResolvableType type) {
        try {
            NameTemplate key = of(template, type, false);
            key.requireKeyOfPossibleLength();
            return key;
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("conflateBy is not valid: " + ex.getMessage());
        }
    }

    private static NameTemplate of(String template, ResolvableType type, boolean channel) {
        List<TemplatePart> parts;
        try {
            parts = TemplateParser.parse(template, type);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("in \"" + template + "\", " + ex.getMessage());
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a " + (channel ? "channel" : "name") + " is empty");
        }
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Literal literal && channel) {
                requireChannel(literal.text(), "\"" + template + "\" is not a channel");
            }
            if (part instanceof TemplatePart.Placeholder placeholder
                    && !TemplateValue.isPossibleType(placeholder.path().type())
                    && !(channel
                            && parts.size() == 1
                            && isMultiValued(placeholder.path().type()))) {
                throw new IllegalArgumentException("in \"" + template + "\", " + part + " is a "
                        + placeholder.path().resolvableType()
                        + ", and not a text, number, boolean, character, enum or UUID");
            }
        }
        return new NameTemplate(template, parts, channel);
    }

    // the other parts only make the key longer
    private void requireKeyOfPossibleLength() {
        StringBuilder text = new StringBuilder();
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Literal literal) {
                text.append(literal.text());
            }
        }
        if (text.isEmpty()) {
            return;
        }
        try {
            // the rules are those of an event
            Event.of("channel", "event", null).conflatedBy(text.toString());
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("the constant text of \"" + template + "\" has " + text.length()
                    + " characters; a key must have 1 to 200");
        }
    }

    private static boolean isMultiValued(Class<?> type) {
        return type.isArray() || (Iterable.class.isAssignableFrom(type) && !Map.class.isAssignableFrom(type));
    }

    /**
     * Evaluates the template.
     * @return a single name; for a channel template, possibly none or several
     * @throws IllegalArgumentException if a value is not valid in the name
     */
    List<String> evaluate(Object root) {
        if (channel && parts.size() == 1) {
            Object value = parts.get(0).value(root);
            if (value instanceof Iterable<?> values) {
                List<String> names = new ArrayList<>();
                values.forEach(each -> names.add(text(parts.get(0), each)));
                return names;
            }
            if (value != null && value.getClass().isArray()) {
                List<String> names = new ArrayList<>();
                for (Object each : ObjectUtils.toObjectArray(value)) {
                    names.add(text(parts.get(0), each));
                }
                return names;
            }
            return List.of(text(parts.get(0), value));
        }
        StringBuilder name = new StringBuilder();
        for (TemplatePart part : parts) {
            name.append(part instanceof TemplatePart.Literal literal ? literal.text() : text(part, part.value(root)));
        }
        return List.of(name.toString());
    }

    /** Returns the description of the template. */
    List<BroadcastDescription.Part> description() {
        return parts.stream().map(TemplatePart::description).toList();
    }

    private String text(TemplatePart part, @Nullable Object value) {
        String text;
        try {
            text = TemplateValue.toText(value);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("in \"" + template + "\", the value of " + part + " " + ex.getMessage());
        }
        if (channel) {
            requireChannel(text, "in \"" + template + "\", the value of " + part + " cannot be part of a channel");
        }
        return text;
    }

    // a part of a channel name follows the rules of the whole name
    private static void requireChannel(String text, String problem) {
        try {
            ChannelName.require(text);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(problem + ": " + ex.getMessage());
        }
    }

    @Override
    public String toString() {
        return template;
    }
}
