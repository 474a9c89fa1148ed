package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.channel.Channels;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /users/{id}/terminate_connections}: closes all connections of a user. */
final class TerminateConnectionsCall implements RestCall {

    private final Channels channels;

    TerminateConnectionsCall(Channels channels) {
        this.channels = channels;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        channels.terminate(PathSegment.of(request));
        return JsonMapper.shared().createObjectNode();
    }
}
