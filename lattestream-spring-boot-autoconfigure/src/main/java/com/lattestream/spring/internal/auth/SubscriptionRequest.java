package com.lattestream.spring.internal.auth;

import com.lattestream.core.SocketId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What the browser client sends. Both names are checked, as one of them is signed and the other decides.
 *
 * @param socketId the id of the browser's connection
 * @param channel the channel to subscribe to
 */
record SubscriptionRequest(String socketId, String channel) {

    static final String SOCKET_ID = "socket_id";

    static final String CHANNEL_NAME = "channel_name";

    private static final Pattern CHANNEL = Pattern.compile("[a-zA-Z0-9_\\-=@,.;]{1,200}");

    static SubscriptionRequest of(@Nullable String socketId, @Nullable String channel) {
        if (socketId == null || !SocketId.isSignable(socketId)) {
            throw new RejectedRequestException(
                    HttpStatus.BAD_REQUEST,
                    SOCKET_ID,
                    "socket_id must be two lower-case hexadecimal numbers with a dot between, such as 123.456");
        }
        if (channel == null || !CHANNEL.matcher(channel).matches()) {
            throw new RejectedRequestException(
                    HttpStatus.BAD_REQUEST,
                    CHANNEL_NAME,
                    "channel_name must have 1 to 200 characters of a-z A-Z 0-9 _ - = @ , . ;");
        }
        if (!channel.startsWith("private-") && !channel.startsWith("presence-")) {
            throw new RejectedRequestException(
                    HttpStatus.BAD_REQUEST,
                    CHANNEL_NAME,
                    "channel_name is that of a public channel, which needs no authorization: only private-... and"
                            + " presence-... do");
        }
        return new SubscriptionRequest(socketId, channel);
    }
}
