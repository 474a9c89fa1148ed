package com.lattestream.samples.outbox;

import com.lattestream.spring.broadcast.Broadcast;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ships orders. The row of a shipment and its event are stored in one transaction. */
@Service
class OrderService {

    private final JdbcClient database;

    private final ApplicationEventPublisher events;

    OrderService(JdbcClient database, ApplicationEventPublisher events) {
        this.database = database;
        this.events = events;
    }

    /**
     * Ships an order. The event is published first, to show that it is discarded if the transaction is rolled back.
     * @throws org.springframework.dao.DuplicateKeyException if the order has been shipped before
     */
    @Transactional
    public void ship(long orderId, String carrier) {
        events.publishEvent(new OrderShipped(orderId, carrier));
        database.sql("INSERT INTO shipment (order_id, carrier) VALUES (?, ?)")
                .params(orderId, carrier)
                .update();
    }

    /** Packs an order. The returned object is the data of the event. */
    @Transactional
    @Broadcast(channel = "private-order-{orderId}", event = "packed")
    public OrderPacked pack(long orderId) {
        return new OrderPacked(orderId);
    }
}
