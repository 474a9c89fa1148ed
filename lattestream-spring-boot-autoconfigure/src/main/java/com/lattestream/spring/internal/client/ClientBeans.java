package com.lattestream.spring.internal.client;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamOperations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;

/**
 * The {@link LatteStreamClient} beans of an application context and of its ancestors, including those that are not
 * default candidates. Looks beans up by name and creates none, unless one is requested. Thread-safe.
 */
public final class ClientBeans {

    private final ConfigurableListableBeanFactory beans;

    /**
     * Creates a view of the clients.
     * @param beans the bean factory of the application context
     */
    public ClientBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Returns all clients.
     * @return the clients of this context, followed by those of its ancestors that are not hidden by a bean of this one
     */
    public List<ClientBean> all() {
        Map<String, ClientBean> found = new LinkedHashMap<>();
        for (ConfigurableListableBeanFactory each = beans; each != null; each = parent(each)) {
            for (ClientBean client : of(each)) {
                if (!isHidden(client.name(), each)) {
                    found.putIfAbsent(client.name(), client);
                }
            }
        }
        return new ArrayList<>(found.values());
    }

    private boolean isHidden(String name, ConfigurableListableBeanFactory owner) {
        for (ConfigurableListableBeanFactory each = beans; each != null && each != owner; each = parent(each)) {
            if (each.containsLocalBean(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the clients of this context, without those of ancestors.
     * @return the clients
     */
    public List<ClientBean> own() {
        return of(beans);
    }

    private static List<ClientBean> of(ConfigurableListableBeanFactory factory) {
        return new DefaultCandidateResolver(factory)
                .autowireCandidates(LatteStreamClient.class).stream()
                        .map(name -> new ClientBean(name, factory))
                        .toList();
    }

    /**
     * Returns the client with a name.
     * @param name the name of a bean, of this context or of an ancestor
     * @return the client, or empty if there is no bean of this name and type
     */
    public Optional<ClientBean> find(String name) {
        return beans.containsBean(name) && beans.isTypeMatch(name, LatteStreamClient.class)
                ? Optional.of(new ClientBean(name, beans))
                : Optional.empty();
    }

    /**
     * Returns the client that is used unless another one is named: the primary or the only default candidate of this
     * context or, if it has no client, of the nearest ancestor with one.
     * @return the client, or empty if it cannot be determined
     */
    public Optional<ClientBean> findDefault() {
        for (ConfigurableListableBeanFactory each = beans; each != null; each = parent(each)) {
            DefaultCandidateResolver candidates = new DefaultCandidateResolver(each);
            if (!candidates.defaultCandidates(LatteStreamClient.class).isEmpty()) {
                ConfigurableListableBeanFactory owner = each;
                return candidates.find(LatteStreamClient.class).map(name -> new ClientBean(name, owner));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the client that is used unless another one is named.
     * @param neededFor the feature that needs it, for the failure analysis
     * @return the client
     * @throws UndeterminedClientException if it cannot be determined
     */
    public ClientBean requireDefault(String neededFor) {
        return findDefault()
                .orElseThrow(() -> new UndeterminedClientException(
                        all().stream().map(ClientBean::name).toList(), neededFor));
    }

    /**
     * Returns the operations, such as a template, that are used by default, unless a client of a nearer context is
     * used.
     * @return the name of the bean, or empty if the default client is used or no bean can be determined
     */
    public Optional<String> findDefaultOperations() {
        for (ConfigurableListableBeanFactory each = beans; each != null; each = parent(each)) {
            DefaultCandidateResolver candidates = new DefaultCandidateResolver(each);
            if (!candidates.defaultCandidates(LatteStreamOperations.class).isEmpty()) {
                return candidates.find(LatteStreamOperations.class);
            }
            if (!candidates.defaultCandidates(LatteStreamClient.class).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static @Nullable ConfigurableListableBeanFactory parent(ConfigurableListableBeanFactory factory) {
        BeanFactory parent = factory.getParentBeanFactory();
        if (parent instanceof ApplicationContext context) {
            parent = context.getAutowireCapableBeanFactory();
        }
        return parent instanceof ConfigurableListableBeanFactory listable ? listable : null;
    }
}
