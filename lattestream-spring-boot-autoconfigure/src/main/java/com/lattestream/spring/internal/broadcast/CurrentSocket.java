package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.SocketId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The connection that the current HTTP request names, if there is such a request, and what it names is an id. */
public final class CurrentSocket implements Supplier<@Nullable String> {

    private static final String HEADER = "X-Socket-ID";

    /** Creates one. */
    public CurrentSocket() {}

    @Override
    public @Nullable String get() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return null;
        }
        HttpServletRequest request = attributes.getRequest();
        List<String> ids = Collections.list(request.getHeaders(HEADER));
        return ids.size() == 1 && SocketId.isSignable(ids.get(0)) ? ids.get(0) : null;
    }
}
