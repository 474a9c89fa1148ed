package com.lattestream.test;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds an engine to an application context. Contexts with equal customizers share one entry of the context cache. Only
 * bean definitions are added, so that the context can be processed ahead of time; a context that was processed ahead of
 * time already contains them.
 *
 * @param settings the settings of the engine
 */
record EmbeddedLatteStreamContextCustomizer(EngineSettings settings) implements ContextCustomizer {

    private static final String BEAN_NAME = "embeddedLatteStreamServer";

    private static final String WEBHOOKS_BEAN_NAME = "embeddedLatteStreamServerWebhooks";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        if (!(context.getBeanFactory() instanceof BeanDefinitionRegistry registry)) {
            throw new IllegalStateException(
                    "@EmbeddedLatteStream requires an application context whose bean factory is a BeanDefinitionRegistry");
        }
        // a bean definition rather than a singleton: conditions match it, and beans that depend on the engine are
        // closed first
        register(registry, BEAN_NAME, engine());
        if (!settings.webhookPath().isEmpty()) {
            register(registry, WEBHOOKS_BEAN_NAME, webhooks());
        }
    }

    private static void register(BeanDefinitionRegistry registry, String name, BeanDefinition definition) {
        if (!registry.containsBeanDefinition(name)) {
            registry.registerBeanDefinition(name, definition);
        }
    }

    private BeanDefinition engine() {
        return BeanDefinitionBuilder.rootBeanDefinition(EmbeddedLatteStreamContextEngine.class, "start")
                .addConstructorArgValue(settings.port())
                .addConstructorArgValue(settings.secret())
                .addConstructorArgValue(settings.publicKey())
                .getBeanDefinition();
    }

    private BeanDefinition webhooks() {
        return BeanDefinitionBuilder.rootBeanDefinition(EmbeddedLatteStreamContextWebhooks.class)
                .addConstructorArgValue(settings.webhookPath())
                .getBeanDefinition();
    }
}
