package com.lattestream.spring.internal.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The requests of Servlet applications, which Spring binds to threads. */
public final class ServletRequestSocketResolver implements RequestSocketResolver {

    /** Creates an instance. */
    public ServletRequestSocketResolver() {}

    @Override
    public @Nullable RequestSocket current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return null;
        }
        HttpServletRequest request = attributes.getRequest();
        return RequestSocket.of(Collections.list(request.getHeaders(RequestSocket.HEADER)));
    }
}
