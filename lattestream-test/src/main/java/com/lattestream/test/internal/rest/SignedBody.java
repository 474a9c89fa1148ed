package com.lattestream.test.internal.rest;

import com.lattestream.test.internal.access.RequestAuthenticator;
import com.lattestream.test.internal.access.RequestRefusedException;
import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.JsonNode;

/** Reads what a signed request carries: first the bytes, then who they are from, and only then what they say. */
final class SignedBody {

    private final RequestAuthenticator authenticator;

    SignedBody(RequestAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Returns a JSON object. */
    JsonNode read(Request request) throws RestException, IOException {
        return RequestBody.object(verified(request));
    }

    /** Returns if the request is signed; whatever it carries says nothing. */
    void ignore(Request request) throws RestException, IOException {
        verified(request);
    }

    private byte[] verified(Request request) throws RestException, IOException {
        byte[] bytes = RequestBody.bytes(request);
        try {
            authenticator.authenticate(request, bytes);
        } catch (RequestRefusedException ex) {
            throw new RestException(HttpStatus.UNAUTHORIZED_401, String.valueOf(ex.getMessage()));
        }
        return bytes;
    }
}
