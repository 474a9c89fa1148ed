package com.lattestream.test;

/**
 * What an {@link EmbeddedLatteStream} asks for.
 *
 * @param port where the engine listens, or 0
 * @param secret what requests are signed with; empty for the engine's own
 * @param publicKey what browser clients connect with; empty for the engine's own
 * @param webhookPath where the application takes webhooks; empty for not said
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

    /** Returns a text that does not show the secret: Spring logs what a context is made of. */
    @Override
    public String toString() {
        return "EngineSettings[port=" + port + ", publicKey=" + publicKey + ", webhookPath=" + webhookPath + "]";
    }
}
