package com.lattestream.test;

import com.lattestream.test.internal.application.ApplicationServer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

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
        ApplicationServer.of(own)
                .ifPresent(server ->
                        own.getBean(EmbeddedLatteStreamServer.class).webhookUrl(server.url(path), server.sslContext()));
    }
}
