package com.lattestream.test.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.test.internal.channel.ChannelNames;
import java.net.URLDecoder;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * The second segment of a path, which names a channel or a user: {@code /channels/presence-lobby/users}. It is taken
 * from the path as it was sent, for names may hold what means something in a path.
 */
final class PathSegment {

    private static final String ANY = "*";

    private static final int INDEX = 2;

    private PathSegment() {}

    /** Returns the path with that segment as {@code *}; the path itself if it has none. */
    static String wildcard(String path) {
        String[] segments = path.split("/", -1);
        if (segments.length <= INDEX || segments[INDEX].isEmpty()) {
            return path;
        }
        segments[INDEX] = ANY;
        return String.join("/", segments);
    }

    /** Returns what the segment stands for. */
    static String of(Request request) throws RestException {
        String segment = request.getHttpURI().getPath().split("/", -1)[INDEX];
        try {
            // as in a path, where a plus is a plus
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException ex) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The segment '" + segment + "' of the path is not percent-encoded");
        }
    }

    /** Returns the name of a channel. */
    static String channel(Request request) throws RestException {
        String channel = of(request);
        RestException.throwIf(ChannelNames.queryProblem(channel));
        return channel;
    }
}
