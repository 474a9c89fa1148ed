package com.lattestream.samples.chat;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says what to try, once there is something to try. */
@Component
class WhatToTry {

    private static final Logger logger = LoggerFactory.getLogger(WhatToTry.class);

    @EventListener
    void ready(ApplicationReadyEvent started) {
        String port = started.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080");
        logger.info("""


                  Open http://localhost:{} and log in as Alice (password "latte").
                  In a private window, log in as Bob (password "latte"), or sign up as somebody else.
                """, port);
    }
}
