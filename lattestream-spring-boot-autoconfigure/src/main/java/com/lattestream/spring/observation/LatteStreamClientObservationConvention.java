package com.lattestream.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Convention for the name and tags of the observations of requests to the service. A bean of this type replaces the
 * {@linkplain DefaultLatteStreamClientObservationConvention default}.
 */
public interface LatteStreamClientObservationConvention
        extends ObservationConvention<LatteStreamClientObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof LatteStreamClientObservationContext;
    }
}
