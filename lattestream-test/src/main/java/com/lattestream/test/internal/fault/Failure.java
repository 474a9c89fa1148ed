package com.lattestream.test.internal.fault;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A way for a request to fail. */
public interface Failure {

    /**
     * Answers a request badly, or not at all.
     * @param next what would answer it well
     * @param request the request
     * @param response the response
     * @param callback is told of the end
     * @return whether it is dealt with
     * @throws Exception if the good answer fails by itself
     */
    boolean answer(Request.Handler next, Request request, Response response, Callback callback) throws Exception;
}
