package com.lattestream.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The authorization that a browser needs to subscribe to a private or presence channel. Send it to the browser as JSON:
 * {@code {"auth":...,"channel_data":...}}. {@code channel_data} is omitted if it is null.
 *
 * @param auth the credential for this one subscription
 * @param channelData the member who joins a presence channel, as JSON text; null for private channels
 */
@JsonPropertyOrder({"auth", "channel_data"})
public record ChannelAuthorization(
        @JsonProperty("auth") String auth,

        @JsonProperty("channel_data") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String channelData) {

    /** Returns a string that does not show the credential. */
    @Override
    public String toString() {
        return "ChannelAuthorization[auth=******, channelData=" + channelData + "]";
    }
}
