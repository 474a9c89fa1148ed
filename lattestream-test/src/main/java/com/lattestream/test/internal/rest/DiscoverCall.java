package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.DiscoveryToken;
import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /discover}: returns the address of the WebSocket and the token that is required for opening it. */
final class DiscoverCall implements RestCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PublicKey publicKey;

    private final DiscoveryTokens tokens;

    DiscoverCall(PublicKey publicKey, DiscoveryTokens tokens) {
        this.publicKey = publicKey;
        this.tokens = tokens;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public boolean isSigned() {
        return false;
    }

    @Override
    public int maxBodyBytes() {
        return 0;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        String key = Request.extractQueryParameters(request).getValue("api_key");
        if (!publicKey.matches(key)) {
            throw new RestException(HttpStatus.UNAUTHORIZED_401, "api_key must be the public key of this engine");
        }
        DiscoveryToken token = tokens.issue();
        return JSON.createObjectNode()
                .put("node_id", "1")
                .put("region", "local")
                .put("cluster", "local")
                .put("host", "localhost")
                .put("port", Request.getLocalPort(request))
                .put("discovery_token", token.value())
                .put("expires_at", token.expiresAt().getEpochSecond());
    }
}
