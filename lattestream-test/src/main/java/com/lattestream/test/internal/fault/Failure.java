package com.lattestream.test.internal.fault;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Effect of a fault on a request. */
public interface Failure {

    /**
     * Responds to a request with the failure.
     * @param next handler for a regular response
     * @param request the request
     * @param response the response
     * @param callback completes with the response
     * @return whether the request has been handled
     * @throws Exception if the regular handler fails
     */
    boolean respond(Request.Handler next, Request request, Response response, Callback callback) throws Exception;
}
