package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.PublicKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Verifies the key that a client sends in its first frame. Thread-safe. */
final class ConnectionAuthenticator {

    private final PublicKey publicKey;

    private final ClientTokens tokens;

    ConnectionAuthenticator(PublicKey publicKey, ClientTokens tokens) {
        this.publicKey = publicKey;
        this.tokens = tokens;
    }

    /**
     * Returns the reason for which a client is not admitted.
     * @param text the first frame
     * @param discovered whether the socket was opened with a discovery token, which clients with a client token do not
     * need
     * @return the reason; null if the client is admitted
     */
    @Nullable String problem(String text, boolean discovered) {
        JsonNode frame = JsonFrame.read(text);
        String key = frame == null ? null : frame.path("api_key").stringValue(null);
        if (key == null) {
            return "The first frame must be {\"api_key\":\"lspk_...\"}";
        }
        if (key.startsWith(ClientTokens.PREFIX)) {
            return tokens.accepts(key) ? null : "api_key is a client token that is unknown or expired";
        }
        if (!publicKey.matches(key)) {
            return "api_key must be the public key of this engine";
        }
        return discovered ? null : "api_key requires a discovery_token in the URL: request one from /discover";
    }
}
