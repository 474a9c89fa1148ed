package com.lattestream.samples.chat;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The chat application. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatApplication {

    /**
     * Starts the application.
     * @param args properties, such as {@code --server.port=9090}
     */
    public static void main(String[] args) {
        create().run(args);
    }

    static SpringApplication create() {
        SpringApplication application = new SpringApplication(ChatApplication.class);
        application.addInitializers(ChatApplication::engineUnlessThereIsASecret);
        return application;
    }

    /** Starts the local engine if no secret for the service is configured. */
    private static void engineUnlessThereIsASecret(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.containsProperty("lattestream.secret")) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("local engine", Map.of("lattestream.engine.enabled", true)));
        }
    }
}
