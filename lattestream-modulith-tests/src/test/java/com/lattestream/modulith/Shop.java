package com.lattestream.modulith;

import static org.awaitility.Awaitility.await;

import com.lattestream.spring.broadcast.Broadcast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A program that executes the commands of its input, line by line, and ends with it: {@code ship 7},
 * or {@code wait 0}, until no more publications than that are incomplete.
 */
@SpringBootApplication
class Shop {

    static final String READY = "ready";

    static final String DONE = "done ";

    public static void main(String[] args) {
        SpringApplication.run(Shop.class, args).close();
    }

    @Bean
    Packing packing() {
        return new Packing();
    }

    @Bean
    CommandLineRunner commands(
            ApplicationEventPublisher events,
            Packing packing,
            TransactionTemplate transaction,
            EventPublicationRepository publications) {
        return args -> {
            System.out.println(READY);
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = input.readLine(); command != null; command = input.readLine()) {
                long orderId = Long.parseLong(command.substring(5));
                switch (command.substring(0, 4)) {
                    case "ship" ->
                        transaction.executeWithoutResult(
                                status -> events.publishEvent(new OrderShipped(orderId, "DHL")));
                    case "pack" -> packing.pack(orderId);
                    case "lose" ->
                        transaction.executeWithoutResult(status -> {
                            events.publishEvent(new OrderShipped(orderId, "DHL"));
                            status.setRollbackOnly();
                        });
                    case "wait" ->
                        await().until(() ->
                                publications.findIncompletePublications().size() <= orderId);
                    default -> throw new IOException(command);
                }
                System.out.println(DONE + command);
            }
        };
    }

    @Broadcast(channel = "private-order-{orderId}", event = "shipped")
    record OrderShipped(long orderId, String carrier) {}

    record Parcel(long orderId) {}

    static class Packing {

        @Broadcast(channel = "private-order-{orderId}", event = "packed")
        Parcel pack(long orderId) {
            return new Parcel(orderId);
        }
    }
}
