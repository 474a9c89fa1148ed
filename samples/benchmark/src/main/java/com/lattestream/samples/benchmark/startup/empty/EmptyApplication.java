package com.lattestream.samples.benchmark.startup.empty;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** An application with nothing of its own, which tells how long after the start of its JVM it was ready. */
@SpringBootApplication
public class EmptyApplication {

    /** What is printed before the milliseconds. */
    public static final String READY_AFTER = "ready after ";

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(EmptyApplication.class);
        application.addListeners((ApplicationListener<ApplicationReadyEvent>) EmptyApplication::tell);
        application.run(args);
    }

    private static void tell(ApplicationReadyEvent ready) {
        long now = System.currentTimeMillis();
        System.out.println(
                READY_AFTER + (now - ManagementFactory.getRuntimeMXBean().getStartTime()));
    }
}
