package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.DiscoveryTokens;
import com.lattestream.test.internal.access.PublicKey;
import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.SubscriptionAccess;
import com.lattestream.test.internal.channel.Channels;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the call that a path stands for; leaves other paths to others. */
public final class RestHandler extends Handler.Abstract {

    private final Map<String, RestCall> calls;

    /**
     * Creates the handler.
     * @param authenticator lets signed requests pass
     * @param publicKey what browsers discover with
     * @param tokens what discovery hands out
     * @param access what authorizations are issued by
     * @param channels where events go
     */
    public RestHandler(
            RequestAuthenticator authenticator,
            PublicKey publicKey,
            DiscoveryTokens tokens,
            SubscriptionAccess access,
            Channels channels) {
        SignedBody body = new SignedBody(authenticator);
        calls = Map.of(
                "/events", new EventsCall(body, channels),
                "/batch_events", new BatchEventsCall(body, channels),
                "/auth", new AuthCall(body, access),
                "/discover", new DiscoverCall(publicKey, tokens));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        RestCall call = calls.get(request.getHttpURI().getPath());
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
}
