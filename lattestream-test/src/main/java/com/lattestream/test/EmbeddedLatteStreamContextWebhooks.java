package com.lattestream.test;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;

/** Tells the engine of a context where its webhooks go, once the application listens on a port, which may be random. */
final class EmbeddedLatteStreamContextWebhooks
        implements ApplicationListener<ContextRefreshedEvent>, ApplicationContextAware {

    private final String path;

    private @Nullable ApplicationContext context;

    EmbeddedLatteStreamContextWebhooks(String path) {
        this.path = path;
    }

    @Override
    public void setApplicationContext(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        // not that of a child, such as one for a management port
        ApplicationContext own = context;
        if (own == null || event.getApplicationContext() != own) {
            return;
        }
        Environment environment = own.getEnvironment();
        // as Spring Boot tells it; none without a server, such as in a test with a mock environment
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            String contextPath = environment.getProperty("server.servlet.context-path", "");
            own.getBean(EmbeddedLatteStreamServer.class).webhookUrl("http://localhost:" + port + contextPath + path);
        }
    }
}
