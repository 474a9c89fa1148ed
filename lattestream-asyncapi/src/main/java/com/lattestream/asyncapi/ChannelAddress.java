package com.lattestream.asyncapi;

import com.lattestream.core.ChannelName;
import com.lattestream.spring.internal.broadcast.BroadcastDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The address of a channel: a name in which parameters in braces stand for variable parts. Two addresses that differ in
 * the names of parameters only have the same {@link #shape()}, and are the same channel.
 */
final class ChannelAddress {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

    private final StringBuilder text = new StringBuilder();

    private final StringBuilder shape = new StringBuilder();

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private ChannelAddress() {}

    /** Returns the address of a pattern: a channel name with variables in braces. */
    static ChannelAddress ofPattern(String pattern) {
        ChannelAddress address = new ChannelAddress();
        Matcher variable = VARIABLE.matcher(pattern);
        int end = 0;
        while (variable.find()) {
            address.append(pattern.substring(end, variable.start()));
            address.append(variable.group(1), List.of());
            end = variable.end();
        }
        return address.append(pattern.substring(end));
    }

    /**
     * Returns the address of a pattern that a declaration contains.
     * @throws IllegalArgumentException if the pattern is not valid
     */
    static ChannelAddress ofDeclaredPattern(String pattern) {
        for (String literal : VARIABLE.split(pattern, -1)) {
            if (!literal.isEmpty() && !ChannelName.isValid(literal)) {
                throw new IllegalArgumentException("\"" + pattern + "\" is not a channel: outside of variables it must"
                        + " consist of characters that channel names may have: a-z A-Z 0-9 _ - = @ . ;");
            }
        }
        ChannelAddress address = ofPattern(pattern);
        if (address.text.isEmpty()) {
            throw new IllegalArgumentException("a channel is empty");
        }
        return address;
    }

    /** Returns the address of a template. */
    static ChannelAddress ofTemplate(List<BroadcastDescription.Part> template) {
        ChannelAddress address = new ChannelAddress();
        for (BroadcastDescription.Part part : template) {
            if (part instanceof BroadcastDescription.Text constant) {
                address.append(constant.text());
            } else if (part instanceof BroadcastDescription.Property property) {
                address.append(property.path(), possibleValues(property.type()));
            } else {
                address.append("value", List.of());
            }
        }
        return address;
    }

    private static List<String> possibleValues(Class<?> type) {
        return type.isEnum()
                ? Stream.of(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList()
                : List.of();
    }

    private ChannelAddress append(String constant) {
        text.append(constant);
        shape.append(constant);
        return this;
    }

    private void append(String path, List<String> possibleValues) {
        String name = unique(path);
        parameters.put(name, possibleValues);
        text.append('{').append(name).append('}');
        shape.append("{}");
    }

    // the last name of the path, unless the address has such a parameter already
    private String unique(String path) {
        String legal = path.replaceAll("[^A-Za-z0-9_.-]+", "-");
        String last = legal.substring(legal.lastIndexOf('.') + 1);
        if (!last.isEmpty() && !parameters.containsKey(last)) {
            return last;
        }
        String all = legal.replace('.', '-');
        String name = all.isEmpty() ? "value" : all;
        for (int i = 2; parameters.containsKey(name); i++) {
            name = all + i;
        }
        return name;
    }

    /** Returns the address without the names of its parameters. */
    String shape() {
        return shape.toString();
    }

    /** Returns the possible values of each parameter; an empty list if they are not known. */
    Map<String, List<String>> parameters() {
        return parameters;
    }

    /** Returns whether subscriptions require authorization, or null if this depends on the value of a parameter. */
    @Nullable Boolean requiresAuthorization() {
        String start = shape.toString();
        int variable = start.indexOf("{}");
        String constant = variable < 0 ? start : start.substring(0, variable);
        if (ChannelName.isAuthorizable(constant)) {
            return true;
        }
        boolean open =
                variable >= 0 && Stream.of("private-", "presence-").anyMatch(prefix -> prefix.startsWith(constant));
        return open ? null : false;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
