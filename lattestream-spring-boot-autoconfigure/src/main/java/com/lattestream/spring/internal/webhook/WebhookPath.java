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

    /**
     * Returns the path as configured.
     * @return the path
     */
    public String value() {
        return path;
    }

    /**
     * Returns a path of as many segments, none of which any application knows.
     * @return the path
     */
    public String unrelated() {
        return ("/" + ABSENT).repeat(segments.size());
    }

    /**
     * Returns a path that differs from this one in the last segment, which no application knows.
     * @return the path
     */
    public String sibling() {
        return Stream.concat(segments.subList(0, segments.size() - 1).stream(), Stream.of(ABSENT))
                .collect(Collectors.joining("/", "/", ""));
    }

    /**
     * Whether a request path is this one as configured: without matrix parameters, further slashes or another case. Only
     * the encoding may differ, as not every character can be sent without.
     * @param requestPath the path of a request within the application
     * @return whether it is
     */
    public boolean isExactly(PathContainer requestPath) {
        List<PathContainer.Element> own = PathContainer.parsePath(path).elements();
        List<PathContainer.Element> others = requestPath.elements();
        if (own.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!isExactly(own.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExactly(PathContainer.Element own, PathContainer.Element other) {
        if (own instanceof PathContainer.PathSegment ownSegment
                && other instanceof PathContainer.PathSegment otherSegment) {
            return ownSegment.valueToMatch().equals(otherSegment.valueToMatch())
                    && otherSegment.parameters().isEmpty();
        }
        return own.value().equals(other.value());
    }

    /**
     * Whether some application may take a request path for this one: whatever the case, empty segments, matrix
     * parameters, encoding and surrounding white space.
     * @param requestPath the path of a request within the application
     * @return whether it may be taken for this one
     */
    public boolean isSpelledBy(PathContainer requestPath) {
        return isSameAs(requestPath.elements().stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(element -> ((PathContainer.PathSegment) element).valueToMatch())
                .map(String::strip)
                .filter(segment -> !segment.isEmpty())
                .toList());
    }

    /**
     * Whether some application may take a decoded path for this one.
     * @param decodedPath a path within the application
     * @return whether it may be taken for this one
     */
    public boolean isSpelledBy(String decodedPath) {
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
     * @param pattern a pattern of a handler
     * @return whether it was written for this path
     */
    public boolean isSpelledOutBy(String pattern) {
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

    /**
     * Whether a pattern spells out any segment, and so is not for whatever path no other handler is for.
     * @param pattern a pattern of a handler
     * @return whether it does
     */
    public static boolean isSpecific(String pattern) {
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
