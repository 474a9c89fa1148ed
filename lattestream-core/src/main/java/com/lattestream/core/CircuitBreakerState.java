package com.lattestream.core;

/** State of a client's circuit breaker. */
public enum CircuitBreakerState {

    /** Requests are sent. */
    CLOSED,

    /** No requests are sent, because recent requests to the service failed too often. */
    OPEN,

    /** A few requests are sent, to check whether the service has recovered. */
    HALF_OPEN,

    /** Requests are always sent, because the circuit breaker is disabled. */
    DISABLED
}
