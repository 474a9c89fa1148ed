package com.lattestream.test.internal.socket;

import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.PublicKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Knows the keys that a client may show in its first frame. Thread-safe. */
final class Admission {

    private final PublicKey publicKey;

    private final ClientTokens tokens;

    Admission(PublicKey publicKey, ClientTokens tokens) {
        this.publicKey = publicKey;
        this.tokens = tokens;
    }

    /**
     * Says why a client is not admitted.
     * @param text its first frame
     * @param discovered whether it has brought what discovery hands out, which clients with a token do without
     * @return the rule; null if it is admitted
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
        return discovered ? null : "api_key needs a discovery_token in the address: ask /discover for one";
    }
}
