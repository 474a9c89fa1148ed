package com.lattestream.test;

/**
 * A request that the engine has got, be it a call, a discovery or a WebSocket handshake.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param path the path as it was sent, percent-encoded, without the query; of a WebSocket handshake it is {@code /}
 * @param status the status it was answered with, such as 200; 101 for a WebSocket; 0 if the connection broke before
 */
public record ReceivedRequest(String method, String path, int status) {}
