package com.lattestream.asyncapi.autoconfigure;

import com.lattestream.asyncapi.AsyncApiEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NativeDetector;

/** Auto-configuration of Actuator's endpoint {@code asyncapi}, which is disabled by default. */
@AutoConfiguration
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(AsyncApiEndpoint.class)
public final class AsyncApiEndpointAutoConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(AsyncApiEndpointAutoConfiguration.class);

    AsyncApiEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    AsyncApiEndpoint asyncApiEndpoint(ApplicationContext context) {
        if (NativeDetector.inNativeImage()) {
            logger.warn(
                    "The endpoint 'asyncapi' cannot describe the application in a native image, and its requests fail."
                            + " Create the document in a test of the application, and serve it as a static file");
        }
        return new AsyncApiEndpoint(context);
    }
}
