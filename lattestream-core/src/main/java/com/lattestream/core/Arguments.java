package com.lattestream.core;

import java.util.Collection;
import java.util.List;

/** Validation of arguments that all clients share, whether or not they send requests to the service. */
final class Arguments {

    private Arguments() {}

    static Event requireEvent(Event event) {
        if (event == null) {
            throw new IllegalArgumentException("The event must not be null");
        }
        return event;
    }

    /** Returns a copy, so that the validated events cannot be changed afterwards. */
    static List<Event> requireEvents(Collection<Event> events) {
        if (events == null || events.isEmpty()) {
            throw new IllegalArgumentException(
                    "A batch needs at least one event; events was " + (events == null ? "null" : "empty"));
        }
        int index = 0;
        for (Event event : events) {
            if (event == null) {
                throw new IllegalArgumentException("The event at index " + index + " must not be null");
            }
            index++;
        }
        return List.copyOf(events);
    }

    static PresenceMember requireMember(PresenceMember member) {
        if (member == null) {
            throw new IllegalArgumentException("The presence member must not be null; leave it out instead");
        }
        return member;
    }

    static String requireUserId(String userId) {
        if (userId == null || userId.isEmpty()) {
            throw new IllegalArgumentException("The user id must not be null or empty");
        }
        return userId;
    }

    static ClientTokenRequest requireClientTokenRequest(ClientTokenRequest request) {
        if (request == null) {
            throw new IllegalArgumentException("The client token request must not be null");
        }
        return request;
    }
}
