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
 * What is known of a request to the service: what is asked, and in the end what came of it. Its carrier takes the headers
 * that carry the trace on.
 */
public class LatteStreamClientObservationContext extends SenderContext<Map<String, String>> {

    private final RequestObserver.Request request;

    private OptionalInt status = OptionalInt.empty();

    /**
     * Creates a context for a request that is about to be sent.
     * @param request what is asked, and for whom
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
     * Returns what is asked, and for whom.
     * @return the request
     */
    public RequestObserver.Request getRequest() {
        return request;
    }

    /**
     * Returns what the service answered.
     * @return the HTTP status; empty as long as there is none, and where the service has not answered
     */
    public OptionalInt getStatus() {
        return getError() instanceof LatteStreamApiException refused ? OptionalInt.of(refused.status()) : status;
    }

    /**
     * Sets what the service answered.
     * @param status the HTTP status
     */
    public void setStatus(int status) {
        this.status = OptionalInt.of(status);
    }
}
