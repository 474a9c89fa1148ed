package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /events}: triggers one event and tells how many clients it reaches. */
final class EventsCall implements RestCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final EventReader EVENT = new EventReader("event", "socketId");

    private final SignedBody body;

    private final Channels channels;

    EventsCall(SignedBody body, Channels channels) {
        this.body = body;
        this.channels = channels;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode answer(Request request, Response response) throws RestException, IOException {
        Event event = event(body.read(request));
        int reached = channels.publish(List.of(event));
        ObjectNode answer = JSON.createObjectNode();
        event.channels().forEach(answer.putArray("channels")::add);
        return answer.put("event", event.name()).put("triggered", reached);
    }

    private static Event event(JsonNode json) throws RestException {
        try {
            return EVENT.read(json);
        } catch (IllegalArgumentException ex) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, String.valueOf(ex.getMessage()));
        }
    }
}
