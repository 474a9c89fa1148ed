package com.lattestream.test;

import com.lattestream.test.internal.application.ApplicationServer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** Sets the webhook URL of the engine as soon as the port of the application is known. */
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
        // ignore events of child contexts, such as that of a management port
        ApplicationContext own = context;
        if (own == null || event.getApplicationContext() != own) {
            return;
        }
        ApplicationServer.of(own)
                .ifPresent(server ->
                        own.getBean(EmbeddedLatteStreamServer.class).webhookUrl(server.url(path), server.sslContext()));
    }
}
