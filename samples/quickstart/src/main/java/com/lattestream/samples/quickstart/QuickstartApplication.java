package com.lattestream.samples.quickstart;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The quickstart on Spring MVC. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class QuickstartApplication {

    /**
     * Starts the application.
     * @param args properties, such as {@code --server.port=9090}
     */
    public static void main(String[] args) {
        SpringApplication.run(QuickstartApplication.class, args);
    }
}
