package com.lattestream.spring.internal;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Permits the one lock of the client that an event loop may wait for: it guards the queue of events, is held for
 * microseconds, and never while a response is awaited. BlockHound finds this class by itself, if an application uses
 * it.
 */
public final class LatteStreamBlockHoundIntegration implements BlockHoundIntegration {

    /** Creates the integration. */
    public LatteStreamBlockHoundIntegration() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("com.lattestream.core.internal.delivery.SpinningLock", "lock");
    }
}
