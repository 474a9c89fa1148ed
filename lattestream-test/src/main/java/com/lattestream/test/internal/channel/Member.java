package com.lattestream.test.internal.channel;

import tools.jackson.databind.JsonNode;

/**
 * A user on a presence channel.
 *
 * @param id who it is
 * @param info what others see of them; JSON null for nothing
 */
public record Member(String id, JsonNode info) {}
