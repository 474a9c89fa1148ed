package com.lattestream.samples.benchmark.web.server;

/** The time of a database query, for authorizers that wait. */
final class QueryTime {

    /** The time in milliseconds. */
    static final long QUERY = 5;

    private QueryTime() {}
}
