package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Finds the call that a path stands for; leaves other paths to others. */
public final class RestHandler extends Handler.Abstract {

    private final Map<String, RestCall> calls;

    /**
     * Creates the handler.
     * @param authenticator lets signed requests pass
     * @param publicKey what browsers discover with
     * @param discoveryTokens what discovery hands out
     * @param clientTokens what clients may connect with instead of the public key
     * @param access what authorizations are issued by
     * @param channels where events go
     * @param limits how much is taken at once
     */
    public RestHandler(
            RequestAuthenticator authenticator,
            PublicKey publicKey,
            DiscoveryTokens discoveryTokens,
            ClientTokens clientTokens,
            SubscriptionAccess access,
            Channels channels,
            Limits limits) {
        SignedBody body = new SignedBody(authenticator);
        calls = Map.of(
                "/events", new EventsCall(body, channels, limits),
                "/batch_events", new BatchEventsCall(body, channels, limits),
                "/channels", new ChannelsCall(body, channels),
                "/channels/*", new ChannelCall(body, channels),
                "/channels/*/users", new UsersCall(body, channels),
                "/users/*/terminate_connections", new TerminateConnectionsCall(body, channels),
                "/auth", new AuthCall(body, access),
                "/apps/token", new TokenCall(publicKey, clientTokens),
                "/discover", new DiscoverCall(publicKey, discoveryTokens));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        RestCall call = call(request.getHttpURI().getPath());
        if (call == null) {
            return false;
        }
        if (!call.method().is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, call.method().asString());
            String message = "Only " + call.method().asString() + " is possible here";
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, message);
            return true;
        }
        try {
            JsonResponse.write(response, callback, HttpStatus.OK_200, call.answer(request, response));
        } catch (RestException ex) {
            Response.writeError(request, response, callback, ex.status(), ex.reason());
        }
        return true;
    }

    private @Nullable RestCall call(String path) {
        RestCall exact = calls.get(path);
        return exact == null ? calls.get(PathSegment.wildcard(path)) : exact;
    }
}
