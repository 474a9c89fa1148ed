package com.lattestream.spring;

import com.lattestream.core.LatteStreamClientBuilder;

/**
 * Changes options of the auto-configured client before it is built. All beans of this type are called, in their order,
 * after the properties have been applied: what a customizer sets wins.
 */
@FunctionalInterface
public interface LatteStreamClientBuilderCustomizer {

    /**
     * Changes options.
     * @param builder the builder of the client to be
     */
    void customize(LatteStreamClientBuilder builder);
}
