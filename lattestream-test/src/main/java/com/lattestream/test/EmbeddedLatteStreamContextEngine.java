package com.lattestream.test;

/** Starts the engine of an application context. */
final class EmbeddedLatteStreamContextEngine {

    private EmbeddedLatteStreamContextEngine() {}

    static EmbeddedLatteStreamServer start(int port, String secret, String publicKey) {
        return new EngineSettings(port, secret, publicKey, "").start();
    }
}
