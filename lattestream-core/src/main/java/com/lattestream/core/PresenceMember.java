package com.lattestream.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who joins a presence channel. As JSON {@code {"user_id":...,"user_info":{...}}}, the second left out when empty.
 * Immutable, as far as the values of the user info are.
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
     * Makes a member of whom the others see only the id.
     * @param userId the user's id; not empty
     * @return the member
     * @throws IllegalArgumentException if the id is null or empty
     */
    public static PresenceMember of(@Nullable String userId) {
        return of(userId, Map.of());
    }

    /**
     * Makes a member.
     * @param userId the user's id; not empty
     * @param userInfo what the others on the channel see of the user: anything that can be written as JSON
     * @return the member
     * @throws IllegalArgumentException if the id is null or empty, or the info is null
     */
    public static PresenceMember of(@Nullable String userId, @Nullable Map<String, ?> userInfo) {
        if (userId == null || userId.isEmpty()) {
            throw new IllegalArgumentException("A presence member's user id must not be null or empty");
        }
        if (userInfo == null) {
            throw new IllegalArgumentException("A presence member's user info must not be null; leave it out instead");
        }
        return new PresenceMember(userId, Collections.unmodifiableMap(new LinkedHashMap<>(userInfo)));
    }

    /**
     * Returns who it is.
     * @return the user's id
     */
    @JsonProperty("user_id")
    public String userId() {
        return userId;
    }

    /**
     * Returns what the others on the channel see of the user.
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
