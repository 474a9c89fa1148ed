package com.lattestream.test.internal.rest;

import com.lattestream.core.ChannelName;
import com.lattestream.test.internal.channel.Channels;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /channels/{channel}/users}: returns the users on a presence channel. */
final class UsersCall implements RestCall {

    private final Channels channels;

    UsersCall(Channels channels) {
        this.channels = channels;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        String channel = PathSegment.channel(request);
        if (!ChannelName.isPresence(channel)) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400,
                    "Channel '" + channel + "' has no users: only presence-... channels have users");
        }
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ArrayNode users = result.putArray("users");
        channels.users(channel).forEach(id -> users.addObject().put("id", id));
        return result;
    }
}
