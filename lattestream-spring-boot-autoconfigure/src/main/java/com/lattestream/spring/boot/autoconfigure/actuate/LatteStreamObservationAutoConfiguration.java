package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.RequestObserver;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.observation.MicrometerRequestObserver;
import com.lattestream.spring.observation.LatteStreamClientObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that records each request to the service as an observation: a timer and, with tracing, a span. */
@AutoConfiguration(
        before = LatteStreamAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({LatteStreamClient.class, ObservationRegistry.class})
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class LatteStreamObservationAutoConfiguration {

    LatteStreamObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(RequestObserver.class)
    MicrometerRequestObserver latteStreamRequestObserver(
            ObservationRegistry registry, ObjectProvider<LatteStreamClientObservationConvention> convention) {
        return new MicrometerRequestObserver(registry, convention.getIfAvailable());
    }
}
