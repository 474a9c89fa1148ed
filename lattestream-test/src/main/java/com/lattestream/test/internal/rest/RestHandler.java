package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.ClientTokens;
import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.RequestRefusedException;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import com.lattestream.test.internal.channel.Limits;
import com.lattestream.test.internal.request.RequestBodies;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Finds the call that a path stands for; leaves other paths to others. What the headers of a request say is checked
 * before its body is read: only the holder of the secret can have the engine keep a large body.
 */
public final class RestHandler extends Handler.Abstract {

    private final Map<String, RestCall> calls;

    private final RequestAuthenticator authenticator;

    private final RequestBodies signedBodies;

    // apart, so that clients without the secret cannot use up the room of those that have it
    private final RequestBodies unsignedBodies;

    /**
     * Creates the handler.
     * @param authenticator lets signed requests pass
     * @param bodyTimeout how long the body of a request may take to arrive
     * @param publicKey what browsers discover with
     * @param discoveryTokens what discovery hands out
     * @param clientTokens what clients may connect with instead of the public key
     * @param access what authorizations are issued by
     * @param channels where events go
     * @param limits how much is taken at once
     */
    public RestHandler(
            RequestAuthenticator authenticator,
            Duration bodyTimeout,
            PublicKey publicKey,
            DiscoveryTokens discoveryTokens,
            ClientTokens clientTokens,
            SubscriptionAccess access,
            Channels channels,
            Limits limits) {
        this.authenticator = authenticator;
        this.signedBodies = new RequestBodies(bodyTimeout);
        this.unsignedBodies = new RequestBodies(bodyTimeout);
        calls = Map.of(
                "/events", new EventsCall(channels, limits),
                "/batch_events", new BatchEventsCall(channels, limits),
                "/channels", new ChannelsCall(channels),
                "/channels/*", new ChannelCall(channels),
                "/channels/*/users", new UsersCall(channels),
                "/users/*/terminate_connections", new TerminateConnectionsCall(channels),
                "/auth", new AuthCall(access),
                "/apps/token", new TokenCall(publicKey, clientTokens),
                "/discover", new DiscoverCall(publicKey, discoveryTokens));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        RestCall call = call(request.getHttpURI().getPath());
        if (call == null) {
            return false;
        }
        if (!call.method().is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, call.method().asString());
            String message = "Only " + call.method().asString() + " is possible here";
            refuse(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, message);
            return true;
        }
        try {
            if (call.isSigned()) {
                authenticator.requireCredentials(request);
            }
        } catch (RequestRefusedException ex) {
            refuse(request, response, callback, HttpStatus.UNAUTHORIZED_401, String.valueOf(ex.getMessage()));
            return true;
        }
        RequestBodies bodies = call.isSigned() ? signedBodies : unsignedBodies;
        bodies.read(
                request,
                response,
                callback,
                call.maxBodyBytes(),
                body -> answer(call, request, response, callback, body));
        return true;
    }

    private static void refuse(Request request, Response response, Callback callback, int status, String message) {
        RequestBodies.discard(
                request, callback, () -> Response.writeError(request, response, callback, status, message));
    }

    private void answer(RestCall call, Request request, Response response, Callback callback, byte[] body) {
        try {
            if (call.isSigned()) {
                authenticator.authenticate(request, body);
            }
            JsonResponse.write(response, callback, HttpStatus.OK_200, call.answer(request, response, body));
        } catch (RequestRefusedException ex) {
            String message = String.valueOf(ex.getMessage());
            Response.writeError(request, response, callback, HttpStatus.UNAUTHORIZED_401, message);
        } catch (RestException ex) {
            Response.writeError(request, response, callback, ex.status(), ex.reason());
        }
    }

    private @Nullable RestCall call(String path) {
        RestCall exact = calls.get(path);
        return exact == null ? calls.get(PathSegment.wildcard(path)) : exact;
    }
}
