package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.List;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Registers the engine if {@code lattestream.engine.enabled} is {@code true} when the application starts, and there is
 * no other engine. A condition on a bean method would be evaluated when the application is processed ahead of time.
 */
final class LocalEngineRegistrar implements BeanDefinitionRegistryPostProcessor {

    static final String BEAN_NAME = "latteStreamLocalEngineServer";

    private final Environment environment;

    LocalEngineRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (EngineActivation.isAotProcessing()) {
            return;
        }
        if (EngineActivation.isEnabled(environment)) {
            if (!hasEngine(registry)) {
                registry.registerBeanDefinition(BEAN_NAME, definition());
            }
        } else if (registry.containsBeanDefinition(BEAN_NAME)) {
            // it was enabled during ahead-of-time processing
            registry.removeBeanDefinition(BEAN_NAME);
        }
    }

    private static boolean hasEngine(BeanDefinitionRegistry registry) {
        return registry instanceof ListableBeanFactory beans
                && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                                        beans, EmbeddedLatteStreamServer.class, true, false)
                                .length
                        > 0;
    }

    private static BeanDefinition definition() {
        return BeanDefinitionBuilder.rootBeanDefinition(LocalEngineRegistrar.class, "start")
                .setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR)
                .getBeanDefinition();
    }

    static EmbeddedLatteStreamServer start(LatteStreamEngineProperties properties) {
        EmbeddedLatteStreamServer.Builder builder = allow(properties.allowedOrigins());
        try {
            return builder.port(properties.port()).start();
        } catch (IllegalArgumentException | IllegalStateException ex) {
            // the port is not valid, or is in use
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
}
