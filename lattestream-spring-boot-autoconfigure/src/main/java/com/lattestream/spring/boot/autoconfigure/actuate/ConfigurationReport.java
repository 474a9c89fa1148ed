package com.lattestream.spring.boot.autoconfigure.actuate;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/** Collects the values of properties, without secrets and unset properties. */
final class ConfigurationReport {

    private static final Set<String> SECRETS = Set.of("secret", "secrets", "username", "password");

    private final Map<String, String> lines = new TreeMap<>();

    /**
     * Adds properties.
     * @param properties a record with {@link ConfigurationProperties}
     * @return this
     */
    ConfigurationReport add(Record properties) {
        ConfigurationProperties annotation =
                AnnotatedElementUtils.findMergedAnnotation(properties.getClass(), ConfigurationProperties.class);
        Assert.state(annotation != null, "No configuration properties");
        add(annotation.prefix(), properties);
        return this;
    }

    private void add(String prefix, Record properties) {
        for (var component : properties.getClass().getRecordComponents()) {
            if (!SECRETS.contains(component.getName())) {
                add(
                        prefix + "." + DataObjectPropertyName.toDashedForm(component.getName()),
                        ReflectionUtils.invokeMethod(component.getAccessor(), properties));
            }
        }
    }

    private void add(String name, @Nullable Object value) {
        if (value instanceof Record nested) {
            add(name, nested);
        } else if (value != null) {
            lines.put(name, value.toString());
        }
    }

    /**
     * Returns the collected properties.
     * @return values by the names of the properties, in alphabetical order; unmodifiable
     */
    Map<String, String> lines() {
        return Collections.unmodifiableMap(lines);
    }
}
