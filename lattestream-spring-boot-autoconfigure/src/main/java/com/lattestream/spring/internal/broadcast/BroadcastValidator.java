package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.AnnotatedClassScanner;
import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NativeDetector;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks every {@code @Broadcast} annotation that can be found at startup: on the methods of beans, and on classes in
 * the application's packages. Annotations elsewhere are checked when they are first used.
 */
public final class BroadcastValidator implements SmartInitializingSingleton {

    private final ConfigurableApplicationContext context;

    private final BroadcastClients clients;

    private final BroadcastDefinitionRegistry definitions;

    private final Collection<String> packages;

    private final PayloadValidator payloads;

    /**
     * Creates a checker.
     * @param context the application context, whose beans and classes are checked
     * @param clients the clients of this context
     * @param definitions the registry of annotated classes
     * @param packages the packages to scan for classes
     * @param jsonMapper the mapper that serializes events
     */
    public BroadcastValidator(
            ConfigurableApplicationContext context,
            BroadcastClients clients,
            BroadcastDefinitionRegistry definitions,
            Collection<String> packages,
            Supplier<JsonMapper> jsonMapper) {
        this.context = context;
        this.clients = clients;
        this.definitions = definitions;
        this.packages = packages;
        this.payloads = new PayloadValidator(jsonMapper);
    }

    @Override
    public void afterSingletonsInstantiated() {
        BroadcastMethodScanner.find(context.getBeanFactory()).forEach(method -> {
            payloads.require(method.definition(), method.type());
            clients.require(method.definition());
        });
        // a native image has no class files to scan; they were scanned at build time
        if (!NativeDetector.inNativeImage()) {
            BroadcastClients eventClients = BroadcastEventListener.outermost(context)
                    .map(outermost -> outermost.getBean(BroadcastClients.class))
                    .orElse(clients);
            for (Class<?> type :
                    AnnotatedClassScanner.find(Broadcast.class, packages, context.getEnvironment(), context)) {
                definitions.find(type).ifPresent(found -> {
                    payloads.require(found, ResolvableType.forClass(type));
                    eventClients.require(found);
                });
            }
        }
    }
}
