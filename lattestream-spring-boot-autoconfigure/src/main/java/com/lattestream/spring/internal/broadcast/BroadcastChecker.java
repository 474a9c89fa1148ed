package com.lattestream.spring.internal.broadcast;

import java.util.Collection;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

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

    /**
     * Creates a checker.
     * @param beans whose methods to look at
     * @param types knows the classes
     * @param packages where to look for classes
     * @param environment the application's
     * @param resources finds the classes
     */
    public BroadcastChecker(
            ConfigurableListableBeanFactory beans,
            BroadcastTypes types,
            Collection<String> packages,
            Environment environment,
            ResourceLoader resources) {
        this.beans = beans;
        this.types = types;
        this.packages = packages;
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        BroadcastMethods.find(beans);
        // a native image has no files to look through; they have been looked through when it was built
        if (!NativeDetector.inNativeImage()) {
            BroadcastClasses.find(packages, environment, resources).forEach(types::find);
        }
    }
}
