package com.lattestream.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member who joins a presence channel. Written as JSON {@code {"user_id":...,"user_info":{...}}}; {@code user_info}
 * is omitted if it is empty. Immutable, provided that the values of the user info are.
 */
@JsonPropertyOrder({"user_id", "user_info"})
public final class PresenceMember {

    private final String userId;

    private final Map<String, Object> userInfo;

    private PresenceMember(String userId, Map<String, Object> userInfo) {
        this.userId = userId;
        this.userInfo = userInfo;
    }

    /**
     * Creates a member without user info: other members see only the id.
     * @param userId the user's id; not empty
     * @return the member
     * @throws IllegalArgumentException if the id is null or empty
     */
    public static PresenceMember of(String userId) {
        return of(userId, Map.of());
    }

    /**
     * Creates a member.
     * @param userId the user's id; not empty
     * @param userInfo the information that other members see: any values that can be serialized to JSON
     * @return the member
     * @throws IllegalArgumentException if the id is null or empty, or the info is null
     */
    public static PresenceMember of(String userId, Map<String, ?> userInfo) {
        if (userId == null || userId.isEmpty()) {
            throw new IllegalArgumentException("A presence member's user id must not be null or empty");
        }
        if (userInfo == null) {
            throw new IllegalArgumentException("A presence member's user info must not be null; leave it out instead");
        }
        return new PresenceMember(userId, Collections.unmodifiableMap(new LinkedHashMap<>(userInfo)));
    }

    /**
     * Returns the id of the user.
     * @return the user's id
     */
    @JsonProperty("user_id")
    public String userId() {
        return userId;
    }

    /**
     * Returns the information that other members see.
     * @return the user info; unmodifiable, empty for none
     */
    @JsonProperty("user_info")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public Map<String, Object> userInfo() {
        return userInfo;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PresenceMember member
                && member.userId.equals(userId)
                && member.userInfo.equals(userInfo);
    }

    @Override
    public int hashCode() {
        return userId.hashCode();
    }

    /** Returns the user's id; not the info, which may be personal. */
    @Override
    public String toString() {
        return "PresenceMember[userId=" + userId + "]";
    }
}
