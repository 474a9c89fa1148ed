package com.lattestream.spring.boot.autoconfigure.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Warns at startup that an application uses the local engine, in case that was meant for development only. */
final class LocalEngineNotice implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(LocalEngineNotice.class);

    private final Environment environment;

    LocalEngineNotice(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
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
