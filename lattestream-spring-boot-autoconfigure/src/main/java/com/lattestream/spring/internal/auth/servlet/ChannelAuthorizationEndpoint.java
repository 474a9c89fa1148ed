package com.lattestream.spring.internal.auth.servlet;

import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.auth.RejectedRequestException;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import com.lattestream.spring.internal.auth.SubscriptionRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The endpoint that browser clients call to authorize a subscription, on Spring MVC. It writes the response itself,
 * immediately or on completion of an asynchronous request, without an asynchronous dispatch: a filter that
 * authenticates the user may not be called for such a dispatch. Thread-safe.
 */
public final class ChannelAuthorizationEndpoint {

    private final RateLimitedLogger checkFailed = new RateLimitedLogger(
            LoggerFactory.getLogger(ChannelAuthorizationEndpoint.class), Level.WARN, "authentication_check_failed");

    private final ServletRequestReader reader = new ServletRequestReader();

    private final AuthenticationCheck authentication;

    private final SubscriptionAuthorizer authorizer;

    /**
     * Creates an endpoint.
     * @param authentication whether the user of a request is authenticated
     * @param authorizer authorizes the subscriptions of authenticated users
     */
    public ChannelAuthorizationEndpoint(AuthenticationCheck authentication, SubscriptionAuthorizer authorizer) {
        this.authentication = authentication;
        this.authorizer = authorizer;
    }

    /**
     * Handles a request.
     * @param request the request
     * @param response the response, JSON in any case
     * @throws IOException if the request cannot be read, or the response cannot be written
     */
    public void authorize(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal user = request.getUserPrincipal();
        if (user == null || !isAuthenticated(user, request)) {
            ServletResponses.write(authorizer.unauthenticated(), response);
            return;
        }
        SubscriptionRequest subscription;
        try {
            subscription = reader.read(request);
        } catch (RejectedRequestException ex) {
            ServletResponses.write(authorizer.malformed(ex), response);
            return;
        }
        ServletResponses.writeWhenComplete(
                authorizer.authorize(
                        new ChannelSubscription(user, subscription.socketId(), subscription.channel(), request),
                        Runnable::run),
                request,
                response);
    }

    private boolean isAuthenticated(Principal user, HttpServletRequest request) {
        try {
            return authentication.isAuthenticated(user, request);
        } catch (RuntimeException | LinkageError ex) {
            checkFailed.log(
                    1, () -> "Whether a user is authenticated could not be determined; the request is refused", ex);
            return false;
        }
    }
}
