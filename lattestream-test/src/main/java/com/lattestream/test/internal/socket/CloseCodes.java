package com.lattestream.test.internal.socket;

/** Why a socket is closed: what is sent is in the range of codes left to applications. Browser clients come back whatever the code. */
final class CloseCodes {

    /** What is seen of a connection that ends without a word (RFC 6455, 7.4.1); never sent. */
    static final int ABNORMAL = 1006;

    /** The client has shown no key that is accepted, or none in time. */
    static final int REFUSED = 4001;

    /** The application wants the user gone. */
    static final int TERMINATED = 4009;

    /** There are too many connections. */
    static final int TOO_MANY = 4100;

    private CloseCodes() {}
}
