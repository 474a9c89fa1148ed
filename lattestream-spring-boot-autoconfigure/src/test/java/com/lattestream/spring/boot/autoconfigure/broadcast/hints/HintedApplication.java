package com.lattestream.spring.boot.autoconfigure.broadcast.hints;

import com.lattestream.spring.broadcast.Broadcast;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** An application to build a native image of. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class HintedApplication {

    @Bean
    Receipts receipts() {
        return new Receipts();
    }

    @Broadcast(channel = "private-order-{orderId}", payload = "summary")
    public record OrderPacked(long orderId, List<Line> lines) {

        public List<Line> summary() {
            return lines;
        }
    }

    public record Line(String product) {}

    public record Receipt(long id) {}

    public record Invoice(long id) {}

    public static class Receipts {

        @Broadcast(channel = "invoices-{id}")
        public Mono<Invoice> invoice() {
            return Mono.just(new Invoice(1));
        }

        @Broadcast(channel = "receipts-{id}")
        public Receipt print() {
            return new Receipt(1);
        }
    }
}
