package com.lattestream.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What lets a browser subscribe to a private or presence channel. Hand it to the browser as JSON:
 * {@code {"auth":...,"channel_data":...}}, the second left out when null.
 *
 * @param auth the credential for this one subscription
 * @param channelData who joins a presence channel, as JSON text; null for private channels
 */
@JsonPropertyOrder({"auth", "channel_data"})
public record ChannelAuthorization(
        @JsonProperty("auth") String auth,

        @JsonProperty("channel_data") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String channelData) {

    /** Returns a text that does not show the credential. */
    @Override
    public String toString() {
        return "ChannelAuthorization[auth=******, channelData=" + channelData + "]";
    }
}
