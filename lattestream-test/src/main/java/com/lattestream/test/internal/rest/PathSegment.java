package com.lattestream.test.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.test.internal.channel.ChannelNames;
import java.net.URLDecoder;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * The second segment of a path, which contains the name of a channel or the id of a user:
 * {@code /channels/presence-lobby/users}. It is extracted from the encoded path, because names may contain characters
 * with a meaning in paths.
 */
final class PathSegment {

    private static final String ANY = "*";

    private static final int INDEX = 2;

    private PathSegment() {}

    /** Returns the path with the segment replaced by {@code *}, or the unchanged path if there is no such segment. */
    static String wildcard(String path) {
        String[] segments = path.split("/", -1);
        if (segments.length <= INDEX || segments[INDEX].isEmpty()) {
            return path;
        }
        segments[INDEX] = ANY;
        return String.join("/", segments);
    }

    /** Returns the decoded segment. */
    static String of(Request request) throws RestException {
        String segment = request.getHttpURI().getPath().split("/", -1)[INDEX];
        try {
            // in a path, unlike in a form, a plus sign does not represent a space
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException ex) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The segment '" + segment + "' of the path is not percent-encoded");
        }
    }

    /** Returns the segment as a valid channel name. */
    static String channel(Request request) throws RestException {
        String channel = of(request);
        RestException.throwIf(ChannelNames.queryProblem(channel));
        return channel;
    }
}
