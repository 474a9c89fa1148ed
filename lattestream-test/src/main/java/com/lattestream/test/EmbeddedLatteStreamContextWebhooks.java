package com.lattestream.test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;

/** Tells the engine of a context where its webhooks go, once the application listens on a port, which may be random. */
final class EmbeddedLatteStreamContextWebhooks implements ApplicationListener<ContextRefreshedEvent> {

    private final ApplicationContext context;

    private final String path;

    EmbeddedLatteStreamContextWebhooks(ApplicationContext context, String path) {
        this.context = context;
        this.path = path;
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        // not that of a child, such as one for a management port
        if (event.getApplicationContext() != context) {
            return;
        }
        Environment environment = context.getEnvironment();
        // as Spring Boot tells it; none without a server, such as in a test with a mock environment
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            String contextPath = environment.getProperty("server.servlet.context-path", "");
            context.getBean(EmbeddedLatteStreamServer.class)
                    .webhookUrl("http://localhost:" + port + contextPath + path);
        }
    }
}
