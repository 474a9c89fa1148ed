package com.lattestream.test;

/**
 * Settings of an engine, read from an {@link EmbeddedLatteStream}.
 *
 * @param port the port that the engine listens on, or 0 for any free port
 * @param secret the secret that requests must be signed with; empty for a random one
 * @param publicKey the public key that browser clients connect with; empty for the default of the engine
 * @param webhookPath the path that webhooks are sent to; empty if not set
 */
record EngineSettings(int port, String secret, String publicKey, String webhookPath) {

    EngineSettings {
        if (!webhookPath.isEmpty() && !webhookPath.matches("/\\S*")) {
            throw new IllegalArgumentException("The webhookPath '" + webhookPath
                    + "' of @EmbeddedLatteStream must be a path within the application, starting with /");
        }
    }

    static EngineSettings of(EmbeddedLatteStream annotation) {
        return new EngineSettings(
                annotation.port(), annotation.secret(), annotation.publicKey(), annotation.webhookPath());
    }

    EmbeddedLatteStreamServer start() {
        EmbeddedLatteStreamServer.Builder builder =
                EmbeddedLatteStreamServer.builder().port(port);
        if (!secret.isEmpty()) {
            builder.secret(secret);
        }
        if (!publicKey.isEmpty()) {
            builder.publicKey(publicKey);
        }
        return builder.start();
    }

    /** Returns a text without the secret, because Spring logs the customizers of a context. */
    @Override
    public String toString() {
        return "EngineSettings[port=" + port + ", publicKey=" + publicKey + ", webhookPath=" + webhookPath + "]";
    }
}
