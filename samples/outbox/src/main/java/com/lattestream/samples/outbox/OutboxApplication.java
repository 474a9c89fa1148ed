package com.lattestream.samples.outbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Ships orders, and reports each shipment to browsers. */
@SpringBootApplication
public class OutboxApplication {

    /**
     * Starts the application.
     * @param args properties, such as {@code --server.port=9090}
     */
    public static void main(String[] args) {
        SpringApplication.run(OutboxApplication.class, args);
    }
}
