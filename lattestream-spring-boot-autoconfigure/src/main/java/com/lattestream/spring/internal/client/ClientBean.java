package com.lattestream.spring.internal.client;

import com.lattestream.core.LatteStreamClient;
import java.util.Optional;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** A bean of type {@link LatteStreamClient}, which may not have been created yet. Thread-safe. */
public final class ClientBean {

    /** The name of the auto-configured client. */
    public static final String AUTO_CONFIGURED = "latteStreamClient";

    private final String name;

    private final ConfigurableListableBeanFactory beans;

    ClientBean(String name, ConfigurableListableBeanFactory beans) {
        this.name = name;
        this.beans = beans;
    }

    /**
     * Returns the name of the bean.
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the client, which is created if it does not exist.
     * @return the client
     */
    public LatteStreamClient get() {
        return beans.getBean(name, LatteStreamClient.class);
    }

    /**
     * Returns the client if it exists.
     * @return the client, or empty if it has not been created yet
     */
    public Optional<LatteStreamClient> getIfCreated() {
        return beans.containsSingleton(name) ? Optional.of(get()) : Optional.empty();
    }

    @Override
    public String toString() {
        return "LatteStreamClient bean '" + name + "'";
    }
}
