package com.lattestream.test;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.test.internal.channel.ChannelNames;
import com.lattestream.test.internal.client.ClientHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gets what a subscriber shows for a private or presence channel. */
@FunctionalInterface
interface SubscriberAuthorizer {

    /**
     * Authorizes a subscription.
     * @throws SubscriptionRefusedException if it is refused
     * @throws IllegalArgumentException if it has to be said who joins, or cannot be
     */
    ChannelAuthorization authorize(String socketId, String channel, @Nullable PresenceMember member);

    /** Signs. */
    static SubscriberAuthorizer signing(String secret) {
        ChannelSigner signer = new ChannelSigner(secret);
        return (socketId, channel, member) -> {
            if (member != null) {
                return signer.authorizePresenceChannel(socketId, channel, member);
            }
            if (ChannelNames.isPresence(channel)) {
                throw new IllegalArgumentException(
                        "Who joins '" + channel + "'? Say it: subscribe(channel, PresenceMember.of(...))");
            }
            return signer.authorizeChannel(socketId, channel);
        };
    }

    /** Calls a function of the test. */
    static SubscriberAuthorizer calling(BiFunction<String, String, ChannelAuthorization> function) {
        return (socketId, channel, member) -> {
            requireNone(member);
            try {
                return function.apply(socketId, channel);
            } catch (RuntimeException ex) {
                throw new SubscriptionRefusedException(channel, 0, ex.toString(), ex);
            }
        };
    }

    /** Asks the application as the browser client does. */
    static SubscriberAuthorizer asking(URI endpoint, Map<String, String> headers, Duration timeout) {
        return (socketId, channel, member) -> {
            requireNone(member);
            String body = JsonMapper.shared()
                    .createObjectNode()
                    .put("socket_id", socketId)
                    .put("channel_name", channel)
                    .toString();
            HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                    .timeout(timeout)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            headers.forEach(request::setHeader);
            ClientHttp.Answer answer = ClientHttp.send(request.build());
            JsonNode json = answer.json();
            String auth = json.path("auth").asString("");
            if (!answer.isSuccessful() || auth.isEmpty()) {
                throw new SubscriptionRefusedException(channel, answer.status(), answer.toString(), null);
            }
            JsonNode data = json.path("channel_data");
            return new ChannelAuthorization(auth, data.isObject() ? data.toString() : data.asString(null));
        };
    }

    /** Knows no way. */
    static SubscriberAuthorizer none() {
        return (socketId, channel, member) -> {
            throw new IllegalArgumentException("'" + channel
                    + "' needs an authorization: give the subscriber an authEndpoint(...) or an authorizer(...)");
        };
    }

    private static void requireNone(@Nullable PresenceMember member) {
        if (member != null) {
            throw new IllegalArgumentException("Who joins is for the application to say: subscribe without a member");
        }
    }
}
