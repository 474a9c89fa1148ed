package com.lattestream.spring.internal.webhook;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;

/** The path of webhooks, and its relation to request paths and patterns of handlers. Immutable. */
public final class WebhookPath {

    private static final Pattern WILDCARDS = Pattern.compile("[*?]");

    private static final String UNUSED_SEGMENT = "5f1c9a7e-there-is-no-such-path";

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
     * Returns a path with the same number of segments, none of which an application uses.
     * @return the path
     */
    public String unrelatedPath() {
        return ("/" + UNUSED_SEGMENT).repeat(segments.size());
    }

    /**
     * Returns a path that differs from this one in the last segment, which no application uses.
     * @return the path
     */
    public String siblingPath() {
        return Stream.concat(segments.subList(0, segments.size() - 1).stream(), Stream.of(UNUSED_SEGMENT))
                .collect(Collectors.joining("/", "/", ""));
    }

    /**
     * Returns whether a request path is exactly the configured one: without matrix parameters, additional slashes or a
     * different case. Only the encoding may differ, because not every character can be sent unencoded.
     * @param requestPath the path of a request within the application
     * @return whether the paths are equal
     */
    public boolean matchesExactly(PathContainer requestPath) {
        List<PathContainer.Element> own = PathContainer.parsePath(path).elements();
        List<PathContainer.Element> others = requestPath.elements();
        if (own.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!matchesExactly(own.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesExactly(PathContainer.Element own, PathContainer.Element other) {
        if (own instanceof PathContainer.PathSegment ownSegment
                && other instanceof PathContainer.PathSegment otherSegment) {
            return ownSegment.valueToMatch().equals(otherSegment.valueToMatch())
                    && otherSegment.parameters().isEmpty();
        }
        return own.value().equals(other.value());
    }

    /**
     * Returns whether an application may treat a request path as this one, regardless of case, empty segments, matrix
     * parameters, encoding and surrounding white space.
     * @param requestPath the path of a request within the application
     * @return whether the path may be treated as this one
     */
    public boolean mayMatch(PathContainer requestPath) {
        return isSameAs(requestPath.elements().stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(element -> ((PathContainer.PathSegment) element).valueToMatch())
                .map(String::strip)
                .filter(segment -> !segment.isEmpty())
                .toList());
    }

    /**
     * Returns whether an application may treat a decoded path as this one.
     * @param decodedPath a path within the application
     * @return whether the path may be treated as this one
     */
    public boolean mayMatch(String decodedPath) {
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
     * Returns whether a pattern was written for this path: it contains all segments of the path literally, and may
     * continue with wildcards only. A pattern with a variable, such as {@code /webhooks/{source}}, was written for
     * other paths too, and one that continues with another segment never matches this path.
     * @param pattern a pattern of a handler
     * @return whether it was written for this path
     */
    public boolean isLiteralIn(String pattern) {
        List<String> others = segments(pattern);
        return others.size() >= segments.size()
                && isSameAs(others.subList(0, segments.size()).stream()
                        .map(segment -> WILDCARDS.matcher(segment).replaceAll(""))
                        .toList())
                && others.stream().skip(segments.size()).allMatch(WebhookPath::isOptionalWildcard);
    }

    // for example ** and {*path}
    private static boolean isOptionalWildcard(String segment) {
        return segment.startsWith("{*")
                || WILDCARDS.matcher(segment).replaceAll("").isEmpty();
    }

    /**
     * Returns whether a pattern contains a literal segment. Other patterns match all paths without a handler of their
     * own.
     * @param pattern a pattern of a handler
     * @return whether the pattern contains a literal segment
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
