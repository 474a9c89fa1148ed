package com.lattestream.spring.observation;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.RequestObserver;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Context of the observation of a request to the service, with the request and the status of the response. The carrier
 * receives the headers that propagate the trace.
 */
public class LatteStreamClientObservationContext extends SenderContext<Map<String, String>> {

    private final RequestObserver.Request request;

    private OptionalInt status = OptionalInt.empty();

    /**
     * Creates a context for a request that is about to be sent.
     * @param request the request
     */
    // the setters only store a value, as in Micrometer's own contexts
    @SuppressWarnings("this-escape")
    public LatteStreamClientObservationContext(RequestObserver.Request request) {
        super((headers, name, value) -> Objects.requireNonNull(headers).put(name, value), Kind.CLIENT);
        this.request = request;
        setCarrier(new HashMap<>());
        setRemoteServiceName("lattestream");
        setRemoteServiceAddress(request.endpoint());
    }

    /**
     * Returns the request.
     * @return the request
     */
    public RequestObserver.Request getRequest() {
        return request;
    }

    /**
     * Returns the status of the response.
     * @return the HTTP status; empty until there is a response
     */
    public OptionalInt getStatus() {
        return getError() instanceof LatteStreamApiException refused ? OptionalInt.of(refused.status()) : status;
    }

    /**
     * Sets the status of the response.
     * @param status the HTTP status
     */
    public void setStatus(int status) {
        this.status = OptionalInt.of(status);
    }
}
