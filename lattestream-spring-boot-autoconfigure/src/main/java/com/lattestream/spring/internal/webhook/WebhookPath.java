package com.lattestream.spring.internal.webhook;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;

/** The path of webhooks, as request paths and patterns of handlers relate to it. Immutable. */
public final class WebhookPath {

    private static final Pattern WILDCARDS = Pattern.compile("[*?]");

    private static final String ABSENT = "5f1c9a7e-there-is-no-such-path";

    private final String path;

    private final List<String> segments;

    /**
     * Creates a path.
     * @param path the path within the dispatcher servlet, without patterns
     */
    public WebhookPath(String path) {
        this.path = path;
        this.segments = segments(path);
    }

    /** Returns the path as configured. */
    String value() {
        return path;
    }

    /** Returns a path of as many segments, none of which any application knows. */
    String unrelated() {
        return ("/" + ABSENT).repeat(segments.size());
    }

    /** Returns a path that differs from this one in the last segment, which no application knows. */
    String sibling() {
        return Stream.concat(segments.subList(0, segments.size() - 1).stream(), Stream.of(ABSENT))
                .collect(Collectors.joining("/", "/", ""));
    }

    /**
     * Whether some application may take a request path for this one: whatever the case, empty segments, matrix
     * parameters, encoding and surrounding white space.
     */
    boolean isSpelledBy(PathContainer requestPath) {
        return isSameAs(requestPath.elements().stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(element -> ((PathContainer.PathSegment) element).valueToMatch())
                .map(String::strip)
                .filter(segment -> !segment.isEmpty())
                .toList());
    }

    /** Whether some application may take a decoded path for this one. */
    boolean isSpelledBy(String decodedPath) {
        return isSameAs(segments(decodedPath));
    }

    private boolean isSameAs(List<String> others) {
        if (others.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).equalsIgnoreCase(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a pattern was written for this path: it spells the path out, and may go on with wildcards only. A pattern with
     * a variable in its place, such as {@code /webhooks/{source}}, was written for other paths too, and one that goes on
     * with another segment never matches this path.
     */
    boolean isSpelledOutBy(String pattern) {
        List<String> others = segments(pattern);
        return others.size() >= segments.size()
                && isSameAs(others.subList(0, segments.size()).stream()
                        .map(segment -> WILDCARDS.matcher(segment).replaceAll(""))
                        .toList())
                && others.stream().skip(segments.size()).allMatch(WebhookPath::mayMatchNothing);
    }

    // such as ** and {*path}
    private static boolean mayMatchNothing(String segment) {
        return segment.startsWith("{*")
                || WILDCARDS.matcher(segment).replaceAll("").isEmpty();
    }

    /** Whether a pattern spells out any segment, and so is not for whatever path no other handler is for. */
    static boolean isSpecific(String pattern) {
        return segments(pattern).stream()
                .filter(segment -> !segment.startsWith("{") || !segment.endsWith("}"))
                .anyMatch(segment -> !WILDCARDS.matcher(segment).replaceAll("").isEmpty());
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/", -1))
                .map(String::strip)
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
