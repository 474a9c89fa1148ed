package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.spring.internal.SecretProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Describes which property is invalid, where it is set, and the reason. Never shows a secret. Has the highest
 * precedence, because Boot's analyzer of binding failures prints the value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
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
            description.append("\n    Value: ").append(shown(name, property.getValue()));
            description.append("\n    Origin: ").append(property.getOrigin());
        }
        description.append("\n    Reason: ").append(cause.reason());
        String action = secret ? SECRET_ACTION : "Correct the value of '" + name + "', or remove it for the default.";
        return new FailureAnalysis(description.toString(), action, cause);
    }

    private static String shown(String name, Object value) {
        return SecretProperties.isSecret(name, value) ? "(not shown)" : "\"" + value + "\"";
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
