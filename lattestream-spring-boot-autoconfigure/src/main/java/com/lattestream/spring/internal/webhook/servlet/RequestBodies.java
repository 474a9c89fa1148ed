package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/** Static methods for the bodies of requests. */
final class RequestBodies {

    private RequestBodies() {}

    /** Returns whether the whole body, if any, can be read without waiting for the client. */
    static boolean hasArrived(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        return length < 0
                ? hasNone(request)
                : length <= request.getInputStream().available();
    }

    // in HTTP/1, a request without length and transfer encoding has no body; in HTTP/2, it may have one
    private static boolean hasNone(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1") && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    /** Returns whether the body can be read without occupying a thread while waiting for the client. */
    static boolean canReadAsynchronously(HttpServletRequest request) {
        return request.isAsyncSupported()
                && !request.isAsyncStarted()
                && request.getDispatcherType() == DispatcherType.REQUEST;
    }
}
