package com.lattestream.core.internal.wire;

import com.lattestream.core.ServiceOperation;

/** The two formats of an event. The names of some fields differ between them. */
public enum EventFormat {

    /** The body of {@code POST /events}. */
    SINGLE(ServiceOperation.TRIGGER, "event", "socketId"),

    /** An entry of {@code POST /batch_events}. */
    BATCH(ServiceOperation.TRIGGER_BATCH, "name", "socket_id");

    private final ServiceOperation operation;

    private final String nameField;

    private final String socketIdField;

    EventFormat(ServiceOperation operation, String nameField, String socketIdField) {
        this.operation = operation;
        this.nameField = nameField;
        this.socketIdField = socketIdField;
    }

    /**
     * Returns the operation that sends events of this format.
     * @return the operation
     */
    public ServiceOperation operation() {
        return operation;
    }

    String nameField() {
        return nameField;
    }

    String socketIdField() {
        return socketIdField;
    }
}
