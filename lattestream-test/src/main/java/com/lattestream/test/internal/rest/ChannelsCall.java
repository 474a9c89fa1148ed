package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.channel.Channels;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /channels}: returns the occupied channels. */
final class ChannelsCall implements RestCall {

    private final Channels channels;

    ChannelsCall(Channels channels) {
        this.channels = channels;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        InfoQuery info = InfoQuery.of(request);
        String prefix = Request.extractQueryParameters(request).getValue("filter_by_prefix");
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ObjectNode found = result.putObject("channels");
        channels.states(prefix == null ? "" : prefix)
                .forEach((channel, state) -> found.set(channel, info.json(channel, state)));
        return result;
    }
}
