package com.lattestream.core.internal.wire;

import com.lattestream.core.PresenceMember;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the user data that is part of a signature. The text is the same whether the service or this library signs it.
 * The names of the fields and the ids are fixed, and the application's mapper writes only the application's own values.
 * An instance belongs to one client, because a mapper refers to the classes that it has written. Thread-safe.
 */
public final class ChannelDataWriter {

    private final ObjectWriter valueWriter;

    /**
     * Creates a writer.
     * @param jsonMapper the application's mapper
     */
    public ChannelDataWriter(JsonMapper jsonMapper) {
        this.valueWriter = jsonMapper
                .rebuild()
                .addModule(new UnsupportedDataModule())
                .build()
                .writer()
                .without(SerializationFeature.WRAP_ROOT_VALUE)
                .without(SerializationFeature.INDENT_OUTPUT);
    }

    /**
     * Returns the {@code channel_data} of a member.
     * @param member the member
     * @return {@code {"user_id":...,"user_info":{...}}}, without {@code user_info} if it is empty
     * @throws IllegalArgumentException if the user info cannot be written as JSON
     */
    public String member(PresenceMember member) {
        StringBuilder json = new StringBuilder("{\"user_id\":").append(quoted(member.userId()));
        if (!member.userInfo().isEmpty()) {
            json.append(",\"user_info\":").append(value(member.userInfo(), "The member's user info"));
        }
        return json.append('}').toString();
    }

    /**
     * Returns the data that authenticates the user of a connection.
     * @param socketId the id of the connection
     * @param userData the application's data about the user; null omits {@code user_data}
     * @param timestamp milliseconds since the epoch
     * @return {@code {"socket_id":...,"user_data":...,"timestamp":...}}
     * @throws IllegalArgumentException if the user data cannot be written as JSON
     */
    public String user(String socketId, @Nullable Object userData, long timestamp) {
        StringBuilder json = new StringBuilder("{\"socket_id\":").append(quoted(socketId));
        if (userData != null) {
            json.append(",\"user_data\":").append(value(userData, "The user data"));
        }
        return json.append(",\"timestamp\":").append(timestamp).append('}').toString();
    }

    private String value(Object value, String what) {
        try {
            return Surrogates.escapeLone(valueWriter.writeValueAsString(value));
        } catch (JacksonException ex) {
            throw new IllegalArgumentException(what + " cannot be written as JSON: " + ex.getOriginalMessage(), ex);
        }
    }

    private static String quoted(String text) {
        return Surrogates.escapeLone(
                '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"');
    }
}
