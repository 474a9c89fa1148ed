package com.lattestream.samples.quickstart;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs the address to open, once the application is ready. */
@Component
class StartupInstructions {

    private static final Logger logger = LoggerFactory.getLogger(StartupInstructions.class);

    @EventListener
    void ready(ApplicationReadyEvent started) {
        String port = started.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
        String url = "http://localhost:" + port;
        logger.info("""


                  Open {} in a browser, then post a message from another terminal:

                    curl -H 'Content-Type: application/json' -d '{"text":"Hello"}' {}/messages
                """, url, url);
    }
}
