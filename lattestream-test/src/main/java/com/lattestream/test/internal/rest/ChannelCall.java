package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.channel.Channels;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;

/** {@code GET /channels/{channel}}: returns the state of a channel, occupied or vacant. */
final class ChannelCall implements RestCall {

    private final Channels channels;

    ChannelCall(Channels channels) {
        this.channels = channels;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        InfoQuery info = InfoQuery.of(request);
        String channel = PathSegment.channel(request);
        return info.json(channel, channels.state(channel));
    }
}
