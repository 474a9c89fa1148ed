package com.lattestream.spring.boot.autoconfigure.actuate;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Binds the meters of each client to each registry, independently of the order in which they are created. Does not
 * create or change a client: as a post-processor, it is notified of clients that are created later. Thread-safe.
 */
final class ClientMeterBinder implements MeterBinder, BeanPostProcessor, BeanFactoryAware {

    private final Binding binding;

    private final Map<String, LatteStreamClient> clients = new LinkedHashMap<>();

    private final List<MeterRegistry> registries = new ArrayList<>();

    private @Nullable ConfigurableListableBeanFactory beans;

    ClientMeterBinder(Binding binding) {
        this.binding = binding;
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.beans = beanFactory instanceof ConfigurableListableBeanFactory listable ? listable : null;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Map<String, LatteStreamClient> existing = existing();
        synchronized (clients) {
            existing.forEach(clients::putIfAbsent);
            registries.add(registry);
            existing = Map.copyOf(clients);
        }
        existing.forEach((name, client) -> bind(name, client, registry));
    }

    // including clients of ancestors, and clients that post-processors are not called for
    private Map<String, LatteStreamClient> existing() {
        Map<String, LatteStreamClient> existing = new LinkedHashMap<>();
        if (beans != null) {
            for (ClientBean client : new ClientBeans(beans).all()) {
                client.getIfCreated().ifPresent(created -> existing.put(client.name(), created));
            }
        }
        return existing;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof LatteStreamClient client && isSingleton(beanName)) {
            List<MeterRegistry> bound;
            synchronized (clients) {
                clients.put(beanName, client);
                bound = List.copyOf(registries);
            }
            bound.forEach(registry -> bind(beanName, client, registry));
        }
        return bean;
    }

    private boolean isSingleton(String beanName) {
        return beans != null && beans.containsBean(beanName) && beans.isSingleton(beanName);
    }

    private void bind(String beanName, LatteStreamClient client, MeterRegistry registry) {
        String name = client.name();
        // null for a mock, which has no meters
        if (name != null) {
            binding.bind(client, ClientBean.AUTO_CONFIGURED.equals(beanName) ? name : beanName, registry);
        }
    }

    /** Binds the meters of a client to a registry. */
    @FunctionalInterface
    interface Binding {

        /**
         * Binds the meters.
         * @param name the value of their tag: the name of the bean, and for the auto-configured client its own name
         */
        void bind(LatteStreamClient client, String name, MeterRegistry registry);
    }
}
