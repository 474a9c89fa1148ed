package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.spring.internal.client.LocalEngineConnectionDetails;
import com.lattestream.test.EmbeddedLatteStreamServer;

/** The connection to a local engine. */
final class EngineLatteStreamConnectionDetails implements LocalEngineConnectionDetails {

    private final EmbeddedLatteStreamServer server;

    EngineLatteStreamConnectionDetails(EmbeddedLatteStreamServer server) {
        this.server = server;
    }

    @Override
    public String getSecret() {
        return server.secret();
    }

    @Override
    public String getPublicKey() {
        return server.publicKey();
    }

    @Override
    public String getEndpoint() {
        return server.endpoint();
    }

    @Override
    public boolean isUseTls() {
        return false;
    }
}
