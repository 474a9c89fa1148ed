package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.core.env.Environment;

/**
 * Starts the engine if {@code lattestream.engine.enabled} is {@code true} when the application starts. Otherwise there is
 * no bean of the engine's type. A condition would decide when an application is processed ahead of time, and so would a
 * declared type: that is why this is not a factory bean of the engine's type.
 */
final class EmbeddedEngineFactoryBean implements SmartFactoryBean<Object>, DisposableBean {

    private final Environment environment;

    private final ObjectProvider<LatteStreamEngineProperties> properties;

    private @Nullable EmbeddedLatteStreamServer engine;

    EmbeddedEngineFactoryBean(Environment environment, ObjectProvider<LatteStreamEngineProperties> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    @Override
    public @Nullable Class<?> getObjectType() {
        return EngineSwitch.isOn(environment) ? EmbeddedLatteStreamServer.class : null;
    }

    @Override
    public boolean isEagerInit() {
        return EngineSwitch.isOn(environment);
    }

    // called once, as the object is a singleton
    @Override
    public @Nullable Object getObject() {
        if (EngineSwitch.isOn(environment)) {
            engine = start(properties.getObject());
        }
        return engine;
    }

    private static EmbeddedLatteStreamServer start(LatteStreamEngineProperties properties) {
        EmbeddedLatteStreamServer.Builder builder = allow(properties.allowedOrigins());
        try {
            return builder.port(properties.port()).start();
        } catch (IllegalArgumentException | IllegalStateException ex) {
            // the port is not valid, or in use
            throw new InvalidLatteStreamPropertyException("lattestream.engine.port", ex.getMessage(), ex);
        }
    }

    private static EmbeddedLatteStreamServer.Builder allow(List<String> origins) {
        try {
            return EmbeddedLatteStreamServer.builder().allowedOrigins(origins);
        } catch (IllegalArgumentException ex) {
            throw new InvalidLatteStreamPropertyException("lattestream.engine.allowed-origins", ex.getMessage(), ex);
        }
    }

    @Override
    public void destroy() {
        if (engine != null) {
            engine.close();
        }
    }
}
