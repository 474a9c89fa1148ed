package com.lattestream.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which property is wrong, where it was set and why it cannot be. Never shows the secret. */
final class InvalidLatteStreamPropertyFailureAnalyzer
        extends AbstractFailureAnalyzer<InvalidLatteStreamPropertyException> {

    private static final String SECRET = "lattestream.secret";

    private static final String SECRET_ACTION =
            "Set 'lattestream.secret', or the environment variable LATTESTREAM_SECRET, to the application's secret, "
                    + "which starts with lsk_.";

    private final @Nullable Environment environment;

    InvalidLatteStreamPropertyFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidLatteStreamPropertyException cause) {
        String name = cause.property();
        boolean secret = SECRET.equals(name);
        StringBuilder description = new StringBuilder("LatteStream cannot start with the value of a property:\n");
        description.append("\n    Property: ").append(name);
        ConfigurationProperty property = find(name);
        if (property != null) {
            description.append("\n    Value: ").append(shown(property.getValue(), secret));
            description.append("\n    Origin: ").append(property.getOrigin());
        }
        description.append("\n    Reason: ").append(cause.reason());
        String action = secret ? SECRET_ACTION : "Correct the value of '" + name + "', or remove it for the default.";
        return new FailureAnalysis(description.toString(), action, cause);
    }

    // a secret may also have been put in the wrong place
    private static String shown(Object value, boolean secret) {
        return secret || value.toString().contains("lsk_") ? "(not shown)" : "\"" + value + "\"";
    }

    private @Nullable ConfigurationProperty find(String name) {
        if (environment == null) {
            return null;
        }
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
            if (property != null) {
                return property;
            }
        }
        return null;
    }
}
