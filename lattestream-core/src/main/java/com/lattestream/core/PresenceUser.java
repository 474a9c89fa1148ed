package com.lattestream.core;

/**
 * A user on a presence channel.
 *
 * @param id the user's id, as the application gave it when it authorized the subscription
 */
public record PresenceUser(String id) {}
