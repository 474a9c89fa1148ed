package com.lattestream.samples.chat;

import com.lattestream.samples.chat.account.DemoAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs the addresses to open, once the chat has started. */
@Component
class StartupInstructions {

    private static final Logger logger = LoggerFactory.getLogger(StartupInstructions.class);

    private final DemoAccounts demo;

    StartupInstructions(DemoAccounts demo) {
        this.demo = demo;
    }

    @EventListener
    void ready(ApplicationReadyEvent started) {
        String port = started.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
        if (demo.names().isEmpty()) {
            logger.info("""


                      Open http://localhost:{} and sign up.
                    """, port);
        } else {
            logger.info("""


                      Open http://localhost:{} and log in as Alice (password "latte").
                      In a private window, log in as Bob (password "latte"), or sign up with another name.
                    """, port);
        }
    }
}
