package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.internal.application.ApplicationServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Sets the URL to which a local engine sends its webhooks, once the port of the application is known. */
final class EngineWebhookUrlInitializer implements ApplicationListener<ApplicationReadyEvent> {

    private final ObjectProvider<EmbeddedLatteStreamServer> engines;

    private final String path;

    /**
     * Creates a listener.
     * @param engines the engine, if there is one; it may already have a URL
     * @param path the path of webhooks within the context path
     */
    EngineWebhookUrlInitializer(ObjectProvider<EmbeddedLatteStreamServer> engines, String path) {
        this.engines = engines;
        this.path = path;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        EmbeddedLatteStreamServer engine = engines.getIfUnique();
        if (engine == null || engine.webhookUrl().isPresent()) {
            return;
        }
        ApplicationServer.of(event.getApplicationContext())
                .ifPresent(server -> engine.webhookUrl(server.url(path), server.sslContext()));
    }
}
