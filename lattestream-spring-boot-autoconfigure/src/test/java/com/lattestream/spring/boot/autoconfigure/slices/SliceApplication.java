package com.lattestream.spring.boot.autoconfigure.slices;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.broadcast.Broadcast;
import java.security.Principal;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that triggers, broadcasts and authorizes. */
@SpringBootApplication
public class SliceApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        org.springframework.boot.SpringApplication.run(SliceApplication.class, arguments);
    }

    @Bean
    OrderChannels orderChannels() {
        return new OrderChannels();
    }

    static class OrderChannels {

        @ChannelAuthorizer("private-order-{orderId}")
        boolean mayFollow(Principal user, long orderId) {
            return orderId == user.getName().length();
        }
    }

    @RestController
    static class OrderController {

        private final LatteStreamTemplate latteStream;

        private final ApplicationEventPublisher events;

        OrderController(LatteStreamTemplate latteStream, ApplicationEventPublisher events) {
            this.latteStream = latteStream;
            this.events = events;
        }

        @PostMapping("/orders")
        void place() {
            latteStream.trigger("orders", "placed", new OrderShipped(7));
            events.publishEvent(new OrderShipped(7));
        }
    }

    @Broadcast(channel = "orders", event = "shipped")
    record OrderShipped(long orderId) {}
}
