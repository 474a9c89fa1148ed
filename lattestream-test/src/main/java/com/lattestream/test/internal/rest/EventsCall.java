package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import java.util.List;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /events}: triggers one event and returns the number of clients that it reaches. */
final class EventsCall implements RestCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Channels channels;

    private final EventRequestReader reader;

    EventsCall(Channels channels, Limits limits) {
        this.channels = channels;
        this.reader = new EventRequestReader("event", "socketId", limits);
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        Event event = reader.read(RequestBody.object(body));
        int reached = channels.publish(List.of(event));
        ObjectNode result = JSON.createObjectNode();
        event.channels().forEach(result.putArray("channels")::add);
        return result.put("event", event.name()).put("triggered", reached);
    }
}
