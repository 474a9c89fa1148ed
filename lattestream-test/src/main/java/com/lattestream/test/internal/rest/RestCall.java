package com.lattestream.test.internal.rest;

import java.io.IOException;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;

/** One call of the REST interface. */
interface RestCall {

    /** The only method that it has. */
    HttpMethod method();

    /** Answers a request of that method; the response is for headers only. */
    JsonNode answer(Request request, Response response) throws RestException, IOException;
}
