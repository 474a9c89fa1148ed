package com.lattestream.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operations of LatteStream for applications: those of {@link TriggerOperations}, which do not wait for the service, and
 * requests that wait for the response and return the result, or throw a {@link LatteStreamException}. Invalid arguments
 * are rejected with an {@link IllegalArgumentException}. Thread-safe.
 */
public interface LatteStreamOperations extends TriggerOperations {

    /**
     * Requests the authorization of a subscription from the service.
     * @param socketId the id of the browser's connection
     * @param channel a private or presence channel
     * @return the authorization for the browser
     * @see LatteStreamClient#authorizeChannel(String, String)
     */
    ChannelAuthorization authorizeChannel(String socketId, String channel);

    /**
     * Requests the authorization of a subscription to a presence channel from the service.
     * @param socketId the id of the browser's connection
     * @param channel a presence channel
     * @param member the member who joins
     * @return the authorization for the browser
     * @see LatteStreamClient#authorizeChannel(String, String, PresenceMember)
     */
    ChannelAuthorization authorizeChannel(String socketId, String channel, PresenceMember member);

    /**
     * Requests information about one channel.
     * @param channel the channel
     * @param attributes the attributes to request, in addition to whether the channel is occupied
     * @return the information about the channel
     * @see LatteStreamClient#getChannelInfo(String, ChannelAttribute...)
     */
    ChannelInfo getChannelInfo(String channel, ChannelAttribute... attributes);

    /**
     * Requests the occupied channels.
     * @param prefix the prefix of the channel names; null or empty for all channels
     * @param attributes the attributes to request for each channel
     * @return the channels by name; unmodifiable
     * @see LatteStreamClient#getChannels(String, ChannelAttribute...)
     */
    Map<String, ChannelInfo> getChannels(@Nullable String prefix, ChannelAttribute... attributes);

    /**
     * Requests the users on a presence channel.
     * @param channel a presence channel
     * @return its users; unmodifiable
     * @see LatteStreamClient#getUsers(String)
     */
    List<PresenceUser> getUsers(String channel);

    /**
     * Closes all connections of a user.
     * @param userId the user's id
     * @see LatteStreamClient#terminateUserConnections(String)
     */
    void terminateUserConnections(String userId);

    /**
     * Requests a token that a browser uses to connect.
     * @param request the properties of the token
     * @return the token
     * @see LatteStreamClient#createClientToken(ClientTokenRequest)
     */
    ClientToken createClientToken(ClientTokenRequest request);

    /**
     * Returns whether a webhook was signed with the application's secret. Compares in constant time, and never throws.
     * @param body the unmodified bytes of the request body
     * @param signature the header {@code X-LatteStream-Signature} of the request
     * @return whether the signature is valid
     */
    boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature);

    /**
     * Signs a body with the algorithm that the service uses for webhooks.
     * @param body the bytes
     * @return the signature
     */
    String generateWebhookSignature(byte[] body);
}
