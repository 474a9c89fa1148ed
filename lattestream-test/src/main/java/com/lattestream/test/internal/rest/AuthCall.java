package com.lattestream.test.internal.rest;

import com.lattestream.core.ChannelName;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.ChannelNames;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /auth}: issues the authorization for a subscription to a private or presence channel. */
final class AuthCall implements RestCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SubscriptionAccess access;

    AuthCall(SubscriptionAccess access) {
        this.access = access;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        JsonNode form = RequestBody.object(body);
        String socketId = RequestBody.text(form, "socket_id");
        String channel = RequestBody.text(form, "channel_name");
        RestException.throwIf(ChannelNames.problem(channel));
        if (!ChannelName.isAuthorizable(channel)) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, "A public channel needs no authorization");
        }
        JsonNode member = form.path("channel_data");
        // an object in the request, and a string in the response
        String channelData = member.isObject() ? member.toString() : null;
        ObjectNode authorization = JSON.createObjectNode().put("auth", access.issue(socketId, channel, channelData));
        return channelData == null ? authorization : authorization.put("channel_data", channelData);
    }
}
