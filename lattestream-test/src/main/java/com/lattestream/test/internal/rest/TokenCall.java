package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.PublicKey;
import java.time.Duration;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /apps/token}: issues a client token to clients that send the public key; the request is not signed. The
 * requested permissions are ignored: every token permits the same as the public key.
 */
final class TokenCall implements RestCall {

    private static final int MAX_BYTES = 8 * 1024;

    private static final int DEFAULT_SECONDS = 3600;

    private static final int MAX_SECONDS = 365 * 24 * 3600;

    private final PublicKey publicKey;

    private final ClientTokens tokens;

    TokenCall(PublicKey publicKey, ClientTokens tokens) {
        this.publicKey = publicKey;
        this.tokens = tokens;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public boolean isSigned() {
        return false;
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BYTES;
    }

    @Override
    public JsonNode handle(Request request, Response response, byte[] body) throws RestException {
        JsonNode form = RequestBody.object(body);
        if (!publicKey.matches(form.path("api_key").stringValue(""))) {
            throw new RestException(HttpStatus.UNAUTHORIZED_401, "api_key must be the public key of this engine");
        }
        RequestBody.text(form, "socket_id");
        int seconds = seconds(form.path("expires_in"));
        return JsonMapper.shared()
                .createObjectNode()
                .put("accessToken", tokens.issue(Duration.ofSeconds(seconds)))
                .put("tokenType", "Bearer")
                .put("expiresIn", seconds)
                .put("tenantId", "local");
    }

    private static int seconds(JsonNode expiresIn) throws RestException {
        if (expiresIn.isMissingNode() || expiresIn.isNull()) {
            return DEFAULT_SECONDS;
        }
        if (!expiresIn.isInt() || expiresIn.intValue() < 1 || expiresIn.intValue() > MAX_SECONDS) {
            throw new RestException(
                    HttpStatus.BAD_REQUEST_400, "The field expires_in must be 1 to " + MAX_SECONDS + " seconds");
        }
        return expiresIn.intValue();
    }
}
