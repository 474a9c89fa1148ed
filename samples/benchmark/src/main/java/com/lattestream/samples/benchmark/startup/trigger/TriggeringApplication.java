package com.lattestream.samples.benchmark.startup.trigger;

import com.lattestream.core.LatteStreamOperations;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** An application that triggers events sequentially once it is ready, and prints the times of the requests. */
@SpringBootApplication
public class TriggeringApplication {

    /** The text before the milliseconds of the first request and of a later one. */
    public static final String TRIGGERED_AFTER = "triggered after ";

    private static final int REQUESTS_IN_BETWEEN = 1000;

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(TriggeringApplication.class);
        application.addListeners((ApplicationListener<ApplicationReadyEvent>) TriggeringApplication::trigger);
        application.run(args);
    }

    private static void trigger(ApplicationReadyEvent ready) {
        LatteStreamOperations operations = ready.getApplicationContext().getBean(LatteStreamOperations.class);
        double first = trigger(operations);
        for (int i = 0; i < REQUESTS_IN_BETWEEN; i++) {
            trigger(operations);
        }
        System.out.println(TRIGGERED_AFTER + first + " " + trigger(operations));
    }

    private static double trigger(LatteStreamOperations operations) {
        long started = System.nanoTime();
        operations.trigger("orders", "order-created", Map.of("id", 4711)).join();
        return (System.nanoTime() - started) / 1e6;
    }
}
