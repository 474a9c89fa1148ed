package com.lattestream.spring.internal.auth;

import com.lattestream.core.ChannelName;
import com.lattestream.core.SocketId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The request of a browser client for a subscription, with valid names.
 *
 * @param socketId the id of the browser's connection
 * @param channel the private or presence channel
 */
public record SubscriptionRequest(String socketId, String channel) {

    static final String SOCKET_ID = "socket_id";

    static final String CHANNEL_NAME = "channel_name";

    static SubscriptionRequest of(@Nullable String socketId, @Nullable String channel) {
        if (socketId == null || !SocketId.isSignable(socketId)) {
            throw new RejectedRequestException(
                    HttpStatus.BAD_REQUEST,
                    SOCKET_ID,
                    "socket_id must be two lower-case hexadecimal numbers with a dot between, such as 123.456");
        }
        if (channel == null || !ChannelName.isValid(channel)) {
            throw new RejectedRequestException(
                    HttpStatus.BAD_REQUEST,
                    CHANNEL_NAME,
                    "channel_name must have 1 to 200 characters of a-z A-Z 0-9 _ - = @ . ;");
        }
        if (!ChannelName.isAuthorizable(channel)) {
            throw new RejectedRequestException(
                    HttpStatus.BAD_REQUEST,
                    CHANNEL_NAME,
                    "channel_name is a public channel, which needs no authorization: only private-... and"
                            + " presence-... channels do");
        }
        return new SubscriptionRequest(socketId, channel);
    }
}
