package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /batch_events}: triggers several events, all of them or none. */
final class BatchEventsCall implements RestCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final EventReader EVENT = new EventReader("name", "socket_id");

    private final SignedBody body;

    private final Channels channels;

    BatchEventsCall(SignedBody body, Channels channels) {
        this.body = body;
        this.channels = channels;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode answer(Request request, Response response) throws RestException, IOException {
        channels.publish(events(body.read(request).path("batch")));
        return JSON.createObjectNode();
    }

    private static List<Event> events(JsonNode batch) throws RestException {
        if (!batch.isArray()) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, "The field batch must be an array");
        }
        List<Event> events = new ArrayList<>(batch.size());
        for (JsonNode json : batch) {
            try {
                events.add(EVENT.read(json));
            } catch (IllegalArgumentException ex) {
                throw new RestException(HttpStatus.BAD_REQUEST_400, "batch[" + events.size() + "]: " + ex.getMessage());
            }
        }
        return events;
    }
}
