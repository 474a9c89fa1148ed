package com.lattestream.spring.internal.auth;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes what the browser shows to the service. Thread-safe. */
@FunctionalInterface
public interface AuthorizationSigner {

    /**
     * Makes an authorization.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @param member who joins a presence channel; null for a private one
     * @return the authorization
     */
    CompletableFuture<ChannelAuthorization> sign(String socketId, String channel, @Nullable PresenceMember member);

    /**
     * Has the service make it.
     * @param client asks the service
     * @return a signer
     */
    static AuthorizationSigner remote(LatteStreamClient client) {
        return (socketId, channel, member) -> member == null
                ? client.authorizeChannel(socketId, channel)
                : client.authorizeChannel(socketId, channel, member);
    }

    /**
     * Makes it here.
     * @param signer signs with the application's secret
     * @return a signer
     */
    static AuthorizationSigner local(ChannelSigner signer) {
        return (socketId, channel, member) -> CompletableFuture.completedFuture(
                member == null
                        ? signer.authorizeChannel(socketId, channel)
                        : signer.authorizePresenceChannel(socketId, channel, member));
    }
}
