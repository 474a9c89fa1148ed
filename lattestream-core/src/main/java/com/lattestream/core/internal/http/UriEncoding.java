package com.lattestream.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.internal.validation.Quoted;
import java.net.URLEncoder;

/** Percent-encodes text as the wire protocol requires. */
public final class UriEncoding {

    private UriEncoding() {}

    /**
     * Encodes a segment of a path as JavaScript's {@code encodeURIComponent} does. The dots of {@code .} and {@code ..}
     * are encoded as well, because otherwise they would change the path.
     * @param segment the text
     * @return the encoded text
     * @throws IllegalArgumentException if the text contains a lone surrogate
     */
    public static String pathSegment(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            return segment.replace(".", "%2E");
        }
        return queryValue(segment)
                .replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }

    /**
     * Encodes a value of a query as {@code application/x-www-form-urlencoded}.
     * @param value the text
     * @return the encoded text
     * @throws IllegalArgumentException if the text contains a lone surrogate
     */
    public static String queryValue(String value) {
        if (!UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(
                    Quoted.of(value) + " contains half of a surrogate pair, which is not valid Unicode");
        }
        return URLEncoder.encode(value, UTF_8);
    }
}
