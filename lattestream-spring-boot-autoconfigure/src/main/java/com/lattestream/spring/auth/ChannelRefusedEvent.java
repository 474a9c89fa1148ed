package com.lattestream.spring.auth;

/**
 * Is published when a user was kept out by the decision, before the browser is answered.
 *
 * @param user the name of the principal
 * @param socketId the id of the browser's connection
 * @param channel the private or presence channel
 */
public record ChannelRefusedEvent(String user, String socketId, String channel) {}
