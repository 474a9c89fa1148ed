package com.lattestream.spring.boot.actuate;

import com.lattestream.spring.internal.SecretProperties;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks the secrets of LatteStream in Actuator's endpoints, even if values are configured to be shown always.
 * Thread-safe.
 */
public final class LatteStreamSecretSanitizer implements SanitizingFunction {

    /** Creates a sanitizer. */
    public LatteStreamSecretSanitizer() {}

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        return value != null && SecretProperties.isSecret(data.getKey(), value) ? data.withSanitizedValue() : data;
    }
}
