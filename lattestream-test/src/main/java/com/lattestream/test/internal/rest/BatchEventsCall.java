package com.lattestream.test.internal.rest;

import com.lattestream.core.Event;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
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

    private final Channels channels;

    private final Limits limits;

    private final EventRequestReader reader;

    BatchEventsCall(Channels channels, Limits limits) {
        this.channels = channels;
        this.limits = limits;
        this.reader = new EventRequestReader("name", "socket_id", limits);
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        channels.publish(events(RequestBody.object(body).path("batch")));
        return JSON.createObjectNode();
    }

    private List<Event> events(JsonNode batch) throws RestException {
        if (!batch.isArray()) {
            throw new RestException(HttpStatus.BAD_REQUEST_400, "The field batch must be an array");
        }
        if (batch.size() > limits.maxBatchSize()) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400,
                    "A batch must have at most " + limits.maxBatchSize() + " events, not " + batch.size());
        }
        List<Event> events = new ArrayList<>(batch.size());
        for (JsonNode json : batch) {
            try {
                events.add(reader.read(json));
            } catch (RestException ex) {
                throw new RestException(ex.status(), "batch[" + events.size() + "]: " + ex.reason());
            }
        }
        return events;
    }
}
