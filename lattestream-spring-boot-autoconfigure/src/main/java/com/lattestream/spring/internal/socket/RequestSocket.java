package com.lattestream.spring.internal.socket;

import com.lattestream.core.SocketId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection that an HTTP request specifies for its sender.
 *
 * @param id the id of the connection; null if the request contains none, or no valid socket id
 */
public record RequestSocket(@Nullable String id) {

    static final String HEADER = "X-Socket-ID";

    static RequestSocket of(List<String> headers) {
        return new RequestSocket(headers.size() == 1 && SocketId.isSignable(headers.get(0)) ? headers.get(0) : null);
    }
}
