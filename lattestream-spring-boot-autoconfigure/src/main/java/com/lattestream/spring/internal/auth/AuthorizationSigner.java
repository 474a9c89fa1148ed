package com.lattestream.spring.internal.auth;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the authorizations of granted subscriptions. Thread-safe. */
@FunctionalInterface
public interface AuthorizationSigner {

    /**
     * Creates an authorization.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @param member the member who joins a presence channel; null for a private one
     * @return the authorization
     */
    CompletableFuture<ChannelAuthorization> sign(String socketId, String channel, @Nullable PresenceMember member);

    /**
     * Returns a signer that requests authorizations from the service.
     * @param client supplies the client; called for each authorization
     * @return the signer
     */
    static AuthorizationSigner remote(Supplier<LatteStreamClient> client) {
        return (socketId, channel, member) -> required(
                member == null
                        ? client.get().authorizeChannel(socketId, channel)
                        : client.get().authorizeChannel(socketId, channel, member));
    }

    /**
     * Returns a signer that uses the secret of the client, without a request.
     * @param client supplies the client; called for each authorization
     * @return the signer
     */
    static AuthorizationSigner local(Supplier<LatteStreamClient> client) {
        return (socketId, channel, member) -> required(
                member == null
                        ? client.get().authorizeChannelLocally(socketId, channel)
                        : client.get().authorizeChannelLocally(socketId, channel, member));
    }

    private static CompletableFuture<ChannelAuthorization> required(
            @Nullable CompletableFuture<ChannelAuthorization> authorization) {
        if (authorization == null) {
            throw new IllegalStateException(
                    "The LatteStreamClient returned no authorization; if it is a mock, stub the method");
        }
        return authorization;
    }
}
