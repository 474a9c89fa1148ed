package com.lattestream.test;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds an engine to an application context. Contexts with equal customizers are one in the cache.
 *
 * @param settings what the engine is started with
 */
record EmbeddedLatteStreamContextCustomizer(EngineSettings settings) implements ContextCustomizer {

    private static final String BEAN_NAME = "embeddedLatteStreamServer";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        if (!(context.getBeanFactory() instanceof BeanDefinitionRegistry registry)) {
            throw new IllegalStateException(
                    "@EmbeddedLatteStream needs an application context that beans can be added to");
        }
        // a definition rather than a bean: conditions see it, and what uses the engine is closed before it
        registry.registerBeanDefinition(
                BEAN_NAME, new RootBeanDefinition(EmbeddedLatteStreamServer.class, settings::start));
        if (!settings.webhookPath().isEmpty()) {
            context.addApplicationListener(new EmbeddedLatteStreamContextWebhooks(context, settings.webhookPath()));
        }
    }
}
