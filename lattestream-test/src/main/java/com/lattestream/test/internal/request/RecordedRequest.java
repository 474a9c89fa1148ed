package com.lattestream.test.internal.request;

/**
 * A request and what it came to.
 *
 * @param method the HTTP method
 * @param path the path, without the query
 * @param status the status it was answered with; 0 for none
 */
public record RecordedRequest(String method, String path, int status) {}
