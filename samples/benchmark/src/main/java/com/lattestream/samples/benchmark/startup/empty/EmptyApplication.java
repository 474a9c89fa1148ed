package com.lattestream.samples.benchmark.startup.empty;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** An application without beans of its own, which prints the time from the start of its JVM until it is ready. */
@SpringBootApplication
public class EmptyApplication {

    /** The text before the milliseconds. */
    public static final String READY_AFTER = "ready after ";

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(EmptyApplication.class);
        application.addListeners((ApplicationListener<ApplicationReadyEvent>) EmptyApplication::printReady);
        application.run(args);
    }

    private static void printReady(ApplicationReadyEvent ready) {
        long now = System.currentTimeMillis();
        System.out.println(
                READY_AFTER + (now - ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
}
