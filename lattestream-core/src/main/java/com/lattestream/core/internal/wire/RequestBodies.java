package com.lattestream.core.internal.wire;

import com.lattestream.core.ClientTokenRequest;
import com.lattestream.core.PresenceMember;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the bodies of requests other than events. Thread-safe. */
public final class RequestBodies {

    private static final JsonMapper ENVELOPE = JsonMapper.builder().build();

    private final JsonMapper dataMapper;

    /**
     * Creates a writer.
     * @param dataMapper writes the user info of members
     */
    public RequestBodies(JsonMapper dataMapper) {
        this.dataMapper = dataMapper;
    }

    /**
     * Writes the body of {@code POST /auth}.
     * @param socketId the connection
     * @param channel the channel
     * @param member who joins; null for none
     * @return the bytes
     * @throws IllegalArgumentException if the member's info cannot be written as JSON
     */
    public byte[] authorization(String socketId, String channel, @Nullable PresenceMember member) {
        ObjectNode body = ENVELOPE.createObjectNode();
        body.put("socket_id", socketId);
        body.put("channel_name", channel);
        try {
            if (member != null) {
                ObjectNode data = body.putObject("channel_data").put("user_id", member.userId());
                if (!member.userInfo().isEmpty()) {
                    data.set("user_info", dataMapper.valueToTree(member.userInfo()));
                }
            }
            return ENVELOPE.writeValueAsBytes(body);
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(
                    "The authorization of " + channel + " cannot be written as JSON: " + ex.getOriginalMessage(), ex);
        }
    }

    /**
     * Writes the body of {@code POST /apps/token}.
     * @param request what for
     * @return the bytes
     */
    public byte[] clientToken(ClientTokenRequest request) {
        ObjectNode body = ENVELOPE.createObjectNode();
        body.put("api_key", request.apiKey());
        body.put("socket_id", request.socketId());
        if (!request.permissions().isEmpty()) {
            body.set("permissions", ENVELOPE.valueToTree(request.permissions()));
        }
        request.expiresIn().ifPresent(expiresIn -> body.put("expires_in", expiresIn.toSeconds()));
        return ENVELOPE.writeValueAsBytes(body);
    }
}
