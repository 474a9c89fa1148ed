package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.spring.boot.actuate.LatteStreamSecretSanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that masks the secrets in Actuator's endpoints, whether or not there is a client. */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class LatteStreamSanitizingAutoConfiguration {

    LatteStreamSanitizingAutoConfiguration() {}

    @Bean
    LatteStreamSecretSanitizer latteStreamSecretSanitizer() {
        return new LatteStreamSecretSanitizer();
    }
}
