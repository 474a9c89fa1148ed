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
 * Dispatches requests to the calls of the REST API by path; other paths are left to the next handler. Credentials in
 * the headers are checked before the body is read, so that clients without the secret cannot make the engine buffer
 * large bodies.
 */
public final class RestHandler extends Handler.Abstract {

    private final Map<String, RestCall> calls;

    private final RequestAuthenticator authenticator;

    private final RequestBodies signedBodies;

    // separate, so that clients without the secret cannot exhaust the capacity for signed requests
    private final RequestBodies unsignedBodies;

    /**
     * Creates the handler.
     * @param authenticator verifies signed requests
     * @param bodyTimeout maximum time for receiving the body of a request
     * @param publicKey public key for discovery
     * @param discoveryTokens issues discovery tokens
     * @param clientTokens issues client tokens
     * @param access issues authorizations
     * @param channels receives events
     * @param limits limits for events
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
            String message = "Only " + call.method().asString() + " is supported for this path";
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
                body -> handle(call, request, response, callback, body));
        return true;
    }

    private static void refuse(Request request, Response response, Callback callback, int status, String message) {
        RequestBodies.discard(
                request, callback, () -> Response.writeError(request, response, callback, status, message));
    }

    private void handle(RestCall call, Request request, Response response, Callback callback, byte[] body) {
        try {
            if (call.isSigned()) {
                authenticator.authenticate(request, body);
            }
            JsonResponse.write(response, callback, HttpStatus.OK_200, call.handle(request, response, body));
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
