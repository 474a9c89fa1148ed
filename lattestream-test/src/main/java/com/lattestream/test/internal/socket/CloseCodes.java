package com.lattestream.test.internal.socket;

/**
 * Close codes of sockets. Codes that are sent are in the range for applications. Browser clients reconnect regardless
 * of the code.
 */
final class CloseCodes {

    /** Code of a connection that was lost without a close frame (RFC 6455, 7.4.1); never sent. */
    static final int ABNORMAL = 1006;

    /** The client has sent no valid key, or none in time. */
    static final int REFUSED = 4001;

    /** The application has terminated the connections of the user. */
    static final int TERMINATED = 4009;

    /** The maximum number of connections is exceeded. */
    static final int TOO_MANY = 4100;

    private CloseCodes() {}
}
