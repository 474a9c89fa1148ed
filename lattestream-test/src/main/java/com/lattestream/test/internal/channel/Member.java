package com.lattestream.test.internal.channel;

import tools.jackson.databind.JsonNode;

/**
 * A user on a presence channel.
 *
 * @param id id of the user
 * @param info information for other members; JSON null for none
 */
public record Member(String id, JsonNode info) {}
