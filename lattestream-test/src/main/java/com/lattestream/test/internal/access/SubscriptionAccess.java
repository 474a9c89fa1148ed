package com.lattestream.test.internal.access;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.crypto.LatteStreamSecret;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Knows what lets a connection subscribe to a private channel: what was issued here for it, or signed with the secret.
 * Thread-safe.
 */
public final class SubscriptionAccess {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int MAX_TOKENS = 100_000;

    private final ClientTokens tokens;

    private final ChannelSigner signer;

    private final ExpiringSet issued;

    /**
     * Creates it with nothing issued.
     * @param secret what authorizations may be signed with elsewhere
     * @param tokens issues what is handed out
     * @param clock tells when tokens expire
     */
    public SubscriptionAccess(LatteStreamSecret secret, ClientTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.signer = new ChannelSigner(secret.reveal());
        this.issued = new ExpiringSet(clock, LIFETIME, MAX_TOKENS);
    }

    /**
     * Issues an authorization for one connection, one channel and one member.
     * @param socketId the connection
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
     * Tells whether a connection may subscribe with what it shows.
     * @param socketId the connection
     * @param channel the channel
     * @param auth what it shows; empty for nothing
     * @param channelData the member that it shows as JSON text; null for none
     * @return whether it may
     */
    public boolean accepts(String socketId, String channel, String auth, @Nullable String channelData) {
        return issued.contains(bound(auth, socketId, channel, channelData))
                || (auth.startsWith(socketId + ":") && signer.verify(auth, channel, channelData));
    }

    // a line break is in none of them but the last
    private static String bound(String token, String socketId, String channel, @Nullable String channelData) {
        return token + "\n" + socketId + "\n" + channel + "\n" + (channelData == null ? "" : channelData);
    }
}
