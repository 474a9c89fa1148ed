package com.lattestream.spring.internal.broadcast;

import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NativeDetector;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at every {@code @Broadcast} that can be found when the application starts: on the methods of its beans, and on
 * the classes in its packages. What is elsewhere is looked at when it is first used.
 */
public final class BroadcastChecker implements SmartInitializingSingleton {

    private final ConfigurableApplicationContext context;

    private final BroadcastClients clients;

    private final BroadcastTypes types;

    private final Collection<String> packages;

    private final PayloadProperties payloads;

    /**
     * Creates a checker.
     * @param context the application context, whose beans and classes are looked at
     * @param clients the clients of this context
     * @param types knows the classes
     * @param packages where to look for classes
     * @param jsonMapper the mapper that writes events
     */
    public BroadcastChecker(
            ConfigurableApplicationContext context,
            BroadcastClients clients,
            BroadcastTypes types,
            Collection<String> packages,
            Supplier<JsonMapper> jsonMapper) {
        this.context = context;
        this.clients = clients;
        this.types = types;
        this.packages = packages;
        this.payloads = new PayloadProperties(jsonMapper);
    }

    @Override
    public void afterSingletonsInstantiated() {
        BroadcastMethods.find(context.getBeanFactory()).forEach(method -> {
            payloads.require(method.definition(), method.type());
            clients.require(method.definition());
        });
        // a native image has no files to look through; they have been looked through when it was built
        if (!NativeDetector.inNativeImage()) {
            BroadcastClients eventClients = BroadcastEventListener.outermost(context)
                    .map(outermost -> outermost.getBean(BroadcastClients.class))
                    .orElse(clients);
            for (Class<?> type : BroadcastClasses.find(packages, context.getEnvironment(), context)) {
                types.find(type).ifPresent(found -> {
                    payloads.require(found, ResolvableType.forClass(type));
                    eventClients.require(found);
                });
            }
        }
    }
}
