package com.lattestream.spring.boot.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out Actuator, metrics and traces if the property {@code test.management} is {@code false}. They are a third of
 * the start of an application, and tests that start one for each method do not use them.
 */
class TestManagement implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final List<String> PACKAGES = List.of(".actuate.", ".health.", ".micrometer.");

    private boolean enabled = true;

    @Override
    public void setEnvironment(Environment environment) {
        enabled = environment.getProperty("test.management", Boolean.class, true);
    }

    @Override
    public boolean[] match(String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < autoConfigurations.length; i++) {
            matches[i] = enabled || autoConfigurations[i] == null || isPermitted(autoConfigurations[i]);
        }
        return matches;
    }

    private static boolean isPermitted(String autoConfiguration) {
        return !autoConfiguration.startsWith("org.springframework.boot.")
                || PACKAGES.stream().noneMatch(autoConfiguration::contains);
    }
}
