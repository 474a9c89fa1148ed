package com.lattestream.packaging;

import com.lattestream.core.LatteStreamTemplate;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application that triggers one event. */
@SpringBootApplication
public class PackagedApplication {

    /**
     * Starts the application.
     * @param arguments properties, each with {@code --}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(PackagedApplication.class, arguments);
    }

    @Bean
    ApplicationRunner greeting(LatteStreamTemplate latteStream) {
        return arguments -> {
            latteStream.trigger("chat", "message", "Hello").join();
            System.out.println("Triggered");
        };
    }
}
