package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.internal.client.ClientBean;
import com.lattestream.spring.internal.client.ClientBeans;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The clients that broadcasts are triggered with. By default, that is the application's {@link LatteStreamOperations}
 * bean, which in a test may record events. Beans are looked up when they are needed. Thread-safe.
 */
public final class BroadcastClients {

    private final ConfigurableListableBeanFactory beans;

    private final ClientBeans clients;

    private final Map<String, LatteStreamOperations> operations = new ConcurrentHashMap<>();

    /**
     * Creates a view of the clients.
     * @param beans the bean factory that contains the clients
     */
    public BroadcastClients(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.clients = new ClientBeans(beans);
    }

    /**
     * Checks that the client of a broadcast can be determined, without creating it.
     * @throws InvalidBroadcastException if there is no client with the name
     * @throws com.lattestream.spring.internal.client.UndeterminedClientException if no client is named, and there is no
     * default one
     */
    void require(BroadcastDefinition definition) {
        String name = definition.client();
        if (operations.containsKey(name)) {
            return;
        }
        if (!name.isEmpty()) {
            if (clients.find(name).isEmpty()) {
                throw definition.invalid(unknown(name));
            }
        } else if (clients.findDefaultOperations().isEmpty()) {
            clients.requireDefault("the @Broadcast of " + definition.location());
        }
    }

    /**
     * Returns the operations that trigger the events of a client.
     * @param client the name of the client's bean; empty for the default client
     */
    LatteStreamOperations operations(String client) {
        LatteStreamOperations known = operations.get(client);
        if (known != null) {
            return known;
        }
        // not atomically, because this may create beans
        LatteStreamOperations created = client.isEmpty() ? defaultOperations() : named(client);
        LatteStreamOperations earlier = operations.putIfAbsent(client, created);
        return earlier == null ? created : earlier;
    }

    private LatteStreamOperations defaultOperations() {
        return clients.findDefaultOperations()
                .map(name -> beans.getBean(name, LatteStreamOperations.class))
                .orElseGet(() -> new LatteStreamTemplate(
                        clients.requireDefault("broadcasts").get()));
    }

    private LatteStreamOperations named(String client) {
        ClientBean bean = clients.find(client).orElseThrow(() -> new IllegalStateException(unknown(client)));
        return new LatteStreamTemplate(bean.get());
    }

    private String unknown(String name) {
        return "there is no LatteStreamClient bean '" + name + "'; there are "
                + clients.all().stream().map(ClientBean::name).collect(Collectors.joining(", "));
    }
}
