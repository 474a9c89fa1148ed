package com.lattestream.core;

/** Whether a client asks the service at all. */
public enum CircuitBreakerState {

    /** It does, as always. */
    CLOSED,

    /** It does not: of late the service has failed too often. */
    OPEN,

    /** It tries, with few requests, whether the service is back. */
    HALF_OPEN,

    /** It always does, as the circuit breaker is turned off. */
    DISABLED
}
