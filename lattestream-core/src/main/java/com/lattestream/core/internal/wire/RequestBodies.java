package com.lattestream.core.internal.wire;

import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.PresenceMember;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writes the bodies of all requests except those with events. Thread-safe. */
public final class RequestBodies {

    // shared by all clients, so it must not write classes of the application: a mapper refers to the classes it has
    // written
    private static final JsonMapper ENVELOPE = JsonMapper.builder().build();

    private final ChannelDataWriter channelData;

    /**
     * Creates a writer.
     * @param jsonMapper writes the user info of members
     */
    public RequestBodies(JsonMapper jsonMapper) {
        this.channelData = new ChannelDataWriter(jsonMapper);
    }

    /**
     * Writes the body of {@code POST /auth}.
     * @param socketId the id of the connection
     * @param channel the channel
     * @param member the member that joins the channel; null for none
     * @return the bytes
     * @throws IllegalArgumentException if the socket id or the member's info cannot be written as JSON
     */
    public byte[] authorization(String socketId, String channel, @Nullable PresenceMember member) {
        ObjectNode body = ENVELOPE.createObjectNode();
        body.put("socket_id", socketId);
        body.put("channel_name", channel);
        if (member != null) {
            body.putRawValue("channel_data", new RawValue(channelData.member(member)));
        }
        try {
            return ENVELOPE.writeValueAsBytes(body);
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(
                    "The authorization of " + channel + " cannot be written as JSON: " + ex.getOriginalMessage(), ex);
        }
    }

    /**
     * Writes the body of {@code POST /apps/token}.
     * @param request the requested token
     * @return the bytes
     */
    public byte[] clientToken(ClientTokenRequest request) {
        ObjectNode body = ENVELOPE.createObjectNode();
        body.put("api_key", request.apiKey());
        body.put("socket_id", request.socketId());
        if (!request.permissions().isEmpty()) {
            ArrayNode permissions = body.putArray("permissions");
            request.permissions().forEach(permissions::add);
        }
        request.expiresIn().ifPresent(expiresIn -> body.put("expires_in", expiresIn.toSeconds()));
        return ENVELOPE.writeValueAsBytes(body);
    }
}
