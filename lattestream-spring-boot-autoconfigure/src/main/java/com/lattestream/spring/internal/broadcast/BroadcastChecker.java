package com.lattestream.spring.internal.broadcast;

import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at every {@code @Broadcast} that can be found when the application starts: on the methods of its beans, and on
 * the classes in its packages. What is elsewhere is looked at when it is first used.
 */
public final class BroadcastChecker implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beans;

    private final BroadcastTypes types;

    private final Collection<String> packages;

    private final Environment environment;

    private final ResourceLoader resources;

    private final PayloadProperties payloads;

    /**
     * Creates a checker.
     * @param beans whose methods to look at
     * @param types knows the classes
     * @param packages where to look for classes
     * @param environment the application's
     * @param resources finds the classes
     * @param jsonMapper the mapper that writes events
     */
    public BroadcastChecker(
            ConfigurableListableBeanFactory beans,
            BroadcastTypes types,
            Collection<String> packages,
            Environment environment,
            ResourceLoader resources,
            Supplier<JsonMapper> jsonMapper) {
        this.beans = beans;
        this.types = types;
        this.packages = packages;
        this.environment = environment;
        this.resources = resources;
        this.payloads = new PayloadProperties(jsonMapper);
    }

    @Override
    public void afterSingletonsInstantiated() {
        BroadcastMethods.find(beans).forEach(method -> payloads.require(method.definition(), method.type()));
        // a native image has no files to look through; they have been looked through when it was built
        if (!NativeDetector.inNativeImage()) {
            for (Class<?> type : BroadcastClasses.find(packages, environment, resources)) {
                types.find(type).ifPresent(found -> payloads.require(found, ResolvableType.forClass(type)));
            }
        }
    }
}
