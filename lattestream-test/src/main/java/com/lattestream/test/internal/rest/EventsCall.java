package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /events}: triggers one event and tells how many clients it reaches. */
final class EventsCall implements RestCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SignedBody body;

    private final Channels channels;

    private final EventReader reader;

    EventsCall(SignedBody body, Channels channels, Limits limits) {
        this.body = body;
        this.channels = channels;
        this.reader = new EventReader("event", "socketId", limits);
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode answer(Request request, Response response) throws RestException, IOException {
        Event event = reader.read(body.read(request));
        int reached = channels.publish(List.of(event));
        ObjectNode answer = JSON.createObjectNode();
        event.channels().forEach(answer.putArray("channels")::add);
        return answer.put("event", event.name()).put("triggered", reached);
    }
}
