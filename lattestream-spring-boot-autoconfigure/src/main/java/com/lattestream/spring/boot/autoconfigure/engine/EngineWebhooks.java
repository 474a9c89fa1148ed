package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.test.EmbeddedLatteStreamServer;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Sets the URL to which a local engine sends its webhooks, once the port of the application is known. */
final class EngineWebhooks implements ApplicationListener<ApplicationReadyEvent> {

    private final EmbeddedLatteStreamServer engine;

    private final String path;

    /**
     * Creates a listener.
     * @param engine the engine, which may have another URL already
     * @param path the path of webhooks within the context path
     */
    EngineWebhooks(EmbeddedLatteStreamServer engine, String path) {
        this.engine = engine;
        this.path = path;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        // absent without a server, such as in a test with a mock environment
        String port = environment.getProperty("local.server.port");
        if (port != null && engine.webhookUrl().isEmpty()) {
            String contextPath = environment.getProperty("server.servlet.context-path", "");
            engine.webhookUrl("http://localhost:" + port + contextPath + path);
        }
    }
}
