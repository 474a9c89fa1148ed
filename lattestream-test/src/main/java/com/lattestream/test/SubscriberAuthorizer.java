package com.lattestream.test;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.ChannelName;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.test.internal.client.ClientHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Authorizes the subscriptions of a subscriber to private and presence channels. */
@FunctionalInterface
interface SubscriberAuthorizer {

    /**
     * Authorizes a subscription.
     * @throws SubscriptionRefusedException if the subscription is refused
     * @throws IllegalArgumentException if a member is required but missing, or given but not supported
     */
    ChannelAuthorization authorize(String socketId, String channel, @Nullable PresenceMember member);

    /** Creates an authorizer that signs authorizations with the secret. */
    static SubscriberAuthorizer signing(String secret) {
        ChannelSigner signer = new ChannelSigner(secret);
        return (socketId, channel, member) -> {
            if (member != null) {
                return signer.authorizePresenceChannel(socketId, channel, member);
            }
            if (ChannelName.isPresence(channel)) {
                throw new IllegalArgumentException("Subscribing to '" + channel
                        + "' requires a member: call subscribe(channel, PresenceMember.of(...))");
            }
            return signer.authorizeChannel(socketId, channel);
        };
    }

    /** Creates an authorizer that calls a function of the test. */
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

    /** Creates an authorizer that sends requests to the application as the browser client does. */
    static SubscriberAuthorizer endpoint(URI endpoint, Map<String, String> headers, Duration timeout) {
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
            ClientHttp.Response response = ClientHttp.send(request.build());
            JsonNode json = response.json();
            String auth = json.path("auth").asString("");
            if (!response.isSuccessful() || auth.isEmpty()) {
                throw new SubscriptionRefusedException(channel, response.status(), response.toString(), null);
            }
            JsonNode data = json.path("channel_data");
            return new ChannelAuthorization(auth, data.isObject() ? data.toString() : data.asString(null));
        };
    }

    /** Creates an authorizer that rejects every subscription, because none has been configured. */
    static SubscriberAuthorizer unsupported() {
        return (socketId, channel, member) -> {
            throw new IllegalArgumentException("'" + channel
                    + "' requires an authorization: configure authEndpoint(...) or authorizer(...) on the builder");
        };
    }

    private static void requireNone(@Nullable PresenceMember member) {
        if (member != null) {
            throw new IllegalArgumentException(
                    "The application determines the member: call subscribe(channel) without a member");
        }
    }
}
