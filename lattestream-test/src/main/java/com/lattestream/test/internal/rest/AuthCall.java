package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.ChannelNames;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /auth}: hands out what a browser may subscribe to a private or presence channel with. */
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
    public JsonNode answer(Request request, Response response, byte[] body) throws RestException {
        JsonNode asked = RequestBody.object(body);
        String socketId = RequestBody.text(asked, "socket_id");
        String channel = RequestBody.text(asked, "channel_name");
        RestException.throwIf(ChannelNames.problem(channel));
        if (!ChannelNames.isRestricted(channel)) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, "A public channel needs no authorization");
        }
        JsonNode member = asked.path("channel_data");
        // an object in the request, and a text in the answer
        String channelData = member.isObject() ? member.toString() : null;
        ObjectNode answer = JSON.createObjectNode().put("auth", access.issue(socketId, channel, channelData));
        return channelData == null ? answer : answer.put("channel_data", channelData);
    }
}
