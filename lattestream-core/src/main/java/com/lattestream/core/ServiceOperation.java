package com.lattestream.core;

import java.util.Locale;

/** Operations that a client requests from the service. */
public enum ServiceOperation {

    /** One event in a request of its own. */
    TRIGGER("POST", "/events"),

    /** A batch of events. */
    TRIGGER_BATCH("POST", "/batch_events"),

    /** {@link LatteStreamClient#authorizeChannel(String, String)}. */
    AUTHORIZE_CHANNEL("POST", "/auth"),

    /** {@link LatteStreamClient#getChannelInfo}. */
    GET_CHANNEL_INFO("GET", "/channels/{channel}"),

    /** {@link LatteStreamClient#getChannels}. */
    GET_CHANNELS("GET", "/channels"),

    /** {@link LatteStreamClient#getUsers}. */
    GET_USERS("GET", "/channels/{channel}/users"),

    /** {@link LatteStreamClient#terminateUserConnections}. */
    TERMINATE_USER_CONNECTIONS("POST", "/users/{id}/terminate_connections"),

    /** {@link LatteStreamClient#createClientToken}. */
    CREATE_CLIENT_TOKEN("POST", "/apps/token"),

    /** {@link LatteStreamClient#ping}. */
    PING("GET", "/channels/{channel}");

    private final String method;

    private final String pathTemplate;

    private final String id;

    ServiceOperation(String method, String pathTemplate) {
        this.method = method;
        this.pathTemplate = pathTemplate;
        this.id = name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the name of this operation in metrics and traces.
     * @return the name, such as {@code trigger_batch}
     */
    public String id() {
        return id;
    }

    /**
     * Returns the kind of the requests of this operation.
     * @return the kind, which has connections and a circuit breaker of its own
     */
    public RequestKind kind() {
        return switch (this) {
            case TRIGGER, TRIGGER_BATCH -> RequestKind.EVENTS;
            case AUTHORIZE_CHANNEL, CREATE_CLIENT_TOKEN -> RequestKind.AUTHORIZATIONS;
            case GET_CHANNEL_INFO, GET_CHANNELS, GET_USERS, TERMINATE_USER_CONNECTIONS, PING -> RequestKind.QUERIES;
        };
    }

    /**
     * Returns the HTTP method of this operation.
     * @return the HTTP method
     */
    public String method() {
        return method;
    }

    /**
     * Returns the path of this operation.
     * @return the path with placeholders for names of channels and users, such as {@code /channels/{channel}}
     */
    public String pathTemplate() {
        return pathTemplate;
    }
}
