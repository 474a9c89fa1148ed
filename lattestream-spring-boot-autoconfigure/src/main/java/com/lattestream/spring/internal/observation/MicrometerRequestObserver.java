package com.lattestream.spring.internal.observation;

import com.lattestream.core.LatteStreamException;
import com.lattestream.core.RequestObserver;
import com.lattestream.spring.observation.DefaultLatteStreamClientObservationConvention;
import com.lattestream.spring.observation.LatteStreamClientObservationContext;
import com.lattestream.spring.observation.LatteStreamClientObservationConvention;
import com.lattestream.spring.observation.LatteStreamClientObservationDocumentation;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records each request as an observation, whose parent is the observation that was current when the client was called.
 * Thread-safe.
 */
public final class MicrometerRequestObserver implements RequestObserver {

    private static final LatteStreamClientObservationConvention DEFAULT_CONVENTION =
            new DefaultLatteStreamClientObservationConvention();

    private final ObservationRegistry registry;

    private final @Nullable LatteStreamClientObservationConvention convention;

    /**
     * Creates an observer.
     * @param registry the registry of the observations
     * @param convention the names and tags of the observations; null for the default
     */
    public MicrometerRequestObserver(
            ObservationRegistry registry, @Nullable LatteStreamClientObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public @Nullable Object currentContext() {
        return registry.getCurrentObservation();
    }

    @Override
    public Attempt start(Request request) {
        if (request.context() != null || registry.getCurrentObservation() == null) {
            return started(request);
        }
        // the observation that is current on this thread, which may be that of another caller, is not related to the
        // request
        return new NullObservation(registry).scoped(() -> started(request));
    }

    private Started started(Request request) {
        LatteStreamClientObservationContext context = new LatteStreamClientObservationContext(request);
        Observation observation = LatteStreamClientObservationDocumentation.REQUEST.observation(
                convention, DEFAULT_CONVENTION, () -> context, registry);
        if (request.context() instanceof Observation caller) {
            observation.parentObservation(caller);
        }
        observation.start();
        return new Started(observation, context);
    }

    private record Started(Observation observation, LatteStreamClientObservationContext context) implements Attempt {

        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = context.getCarrier();
            return headers == null ? Map.of() : headers;
        }

        @Override
        public void succeeded(int status) {
            context.setStatus(status);
            observation.stop();
        }

        @Override
        public void failed(LatteStreamException reason) {
            observation.error(reason);
            observation.stop();
        }
    }
}
