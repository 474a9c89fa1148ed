package com.lattestream.test.internal.access;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.crypto.LatteStreamSecret;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Issues and verifies the authorizations of subscriptions to private and presence channels: tokens issued by the
 * engine, or signatures created with the secret. Thread-safe.
 */
public final class SubscriptionAccess {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int MAX_TOKENS = 100_000;

    private final ClientTokens tokens;

    private final ChannelSigner signer;

    private final ExpiringSet issued;

    /**
     * Creates an instance without issued authorizations.
     * @param secret the secret of signed authorizations
     * @param tokens issues the tokens
     * @param clock determines when tokens expire
     */
    public SubscriptionAccess(LatteStreamSecret secret, ClientTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.signer = new ChannelSigner(secret.reveal());
        this.issued = new ExpiringSet(clock, LIFETIME, MAX_TOKENS);
    }

    /**
     * Issues an authorization for one connection, one channel and one member.
     * @param socketId id of the connection
     * @param channel the channel
     * @param channelData the member as JSON text; null for none
     * @return a token, {@code lspc_...}
     */
    public String issue(String socketId, String channel, @Nullable String channelData) {
        String token = tokens.issue(LIFETIME);
        issued.add(bound(token, socketId, channel, channelData));
        return token;
    }

    /**
     * Returns whether an authorization permits a subscription.
     * @param socketId id of the connection
     * @param channel the channel
     * @param auth the authorization; empty for none
     * @param channelData the member as JSON text; null for none
     * @return whether the subscription is permitted
     */
    public boolean accepts(String socketId, String channel, String auth, @Nullable String channelData) {
        return issued.contains(bound(auth, socketId, channel, channelData))
                || (auth.startsWith(socketId + ":") && signer.verify(auth, channel, channelData));
    }

    // only the last element can contain a line break
    private static String bound(String token, String socketId, String channel, @Nullable String channelData) {
        return token + "\n" + socketId + "\n" + channel + "\n" + (channelData == null ? "" : channelData);
    }
}
