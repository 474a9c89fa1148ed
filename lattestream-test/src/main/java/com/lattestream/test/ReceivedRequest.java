package com.lattestream.test;

/**
 * A request that the engine received: a REST call, a discovery request or a WebSocket handshake.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param path the path as sent, percent-encoded, without the query; {@code /} for a WebSocket handshake
 * @param status the status of the response, such as 200; 101 for a WebSocket; 0 if the connection was closed before a
 * response was sent
 */
public record ReceivedRequest(String method, String path, int status) {}
