package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.internal.client.LocalEngineConnectionDetails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Logs a warning at startup if an application uses the local engine, which is intended for development only. */
final class LocalEngineNotice implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(LocalEngineNotice.class);

    private final Environment environment;

    private final ObjectProvider<LatteStreamConnectionDetails> connectionDetails;

    LocalEngineNotice(Environment environment, ObjectProvider<LatteStreamConnectionDetails> connectionDetails) {
        this.environment = environment;
        this.connectionDetails = connectionDetails;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!EngineActivation.isEnabled(environment)
                || !(connectionDetails.getIfUnique() instanceof LocalEngineConnectionDetails)) {
            return;
        }
        log.warn(
                "'lattestream.engine.enabled' is true: events reach only the local engine in this process, not the"
                        + " LatteStream service.{} Set 'lattestream.engine.enabled' to false to use the service",
                hasSecret() ? " 'lattestream.secret' is set, and is ignored." : "");
    }

    private boolean hasSecret() {
        return StringUtils.hasText(
                Binder.get(environment).bind("lattestream.secret", String.class).orElse(""));
    }
}
