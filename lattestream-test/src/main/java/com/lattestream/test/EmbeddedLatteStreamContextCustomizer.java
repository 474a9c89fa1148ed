package com.lattestream.test;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds an engine to an application context. Contexts with equal customizers are one in the cache. What it adds are bean
 * definitions from which code can be generated. A context that was processed ahead of time has them already.
 *
 * @param settings what the engine is started with
 */
record EmbeddedLatteStreamContextCustomizer(EngineSettings settings) implements ContextCustomizer {

    private static final String BEAN_NAME = "embeddedLatteStreamServer";

    private static final String WEBHOOKS_BEAN_NAME = "embeddedLatteStreamServerWebhooks";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
        if (!(context.getBeanFactory() instanceof BeanDefinitionRegistry registry)) {
            throw new IllegalStateException(
                    "@EmbeddedLatteStream needs an application context that beans can be added to");
        }
        // a definition rather than a bean: conditions see it, and what uses the engine is closed before it
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
