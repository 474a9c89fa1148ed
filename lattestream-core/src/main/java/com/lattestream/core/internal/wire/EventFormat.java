package com.lattestream.core.internal.wire;

/** The two spellings of an event: the same fields have other names in each. */
public enum EventFormat {

    /** The body of {@code POST /events}. */
    SINGLE("/events", "event", "socketId"),

    /** An entry of {@code POST /batch_events}. */
    BATCH("/batch_events", "name", "socket_id");

    private final String path;

    private final String nameField;

    private final String socketIdField;

    EventFormat(String path, String nameField, String socketIdField) {
        this.path = path;
        this.nameField = nameField;
        this.socketIdField = socketIdField;
    }

    /**
     * Returns where such events are sent.
     * @return the path
     */
    public String path() {
        return path;
    }

    String nameField() {
        return nameField;
    }

    String socketIdField() {
        return socketIdField;
    }
}
