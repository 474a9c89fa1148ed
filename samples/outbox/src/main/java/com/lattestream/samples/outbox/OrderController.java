package com.lattestream.samples.outbox;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.modulith.events.core.EventPublicationRepository;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Packs and ships orders, and shows the outbox. */
@RestController
class OrderController {

    private final OrderService orders;

    private final EventPublicationRepository publications;

    OrderController(OrderService orders, EventPublicationRepository publications) {
        this.orders = orders;
        this.publications = publications;
    }

    @PostMapping("/orders/{orderId}/packed")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pack(@PathVariable long orderId) {
        orders.pack(orderId);
    }

    @PostMapping("/orders/{orderId}/shipped")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void ship(@PathVariable long orderId, @RequestParam(defaultValue = "DHL") String carrier) {
        orders.ship(orderId, carrier);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.CONFLICT)
    void alreadyShipped(DuplicateKeyException ex) {}

    /** Returns the number of events that have not been delivered. */
    @GetMapping("/outbox")
    Outbox outbox() {
        return new Outbox(publications.findIncompletePublications().size());
    }

    record Outbox(int undelivered) {}
}
