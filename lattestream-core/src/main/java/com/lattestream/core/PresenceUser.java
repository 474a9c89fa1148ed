package com.lattestream.core;

/**
 * A user on a presence channel.
 *
 * @param id the user's id, as passed by the application when it authorized the subscription
 */
public record PresenceUser(String id) {}
