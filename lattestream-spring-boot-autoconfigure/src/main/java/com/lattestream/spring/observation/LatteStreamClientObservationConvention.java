package com.lattestream.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says what the observation of a request to the service is called, and which tags it has. A bean of this type takes the
 * place of the {@linkplain DefaultLatteStreamClientObservationConvention default}.
 */
public interface LatteStreamClientObservationConvention
        extends ObservationConvention<LatteStreamClientObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof LatteStreamClientObservationContext;
    }
}
