package com.lattestream.spring;

import com.lattestream.core.LatteStreamClientBuilder;

/**
 * Customizes the options of the auto-configured client before it is built. All beans of this type are called, in their
 * order, after the properties have been applied, so that a customizer overrides the properties.
 */
@FunctionalInterface
public interface LatteStreamClientBuilderCustomizer {

    /**
     * Customizes the builder.
     * @param builder the builder of the client
     */
    void customize(LatteStreamClientBuilder builder);
}
