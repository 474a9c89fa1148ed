package com.lattestream.samples.benchmark.web.server;

/** How long the query of a database would take, for authorizers that wait. */
final class QueryTime {

    /** Milliseconds. */
    static final long QUERY = 5;

    private QueryTime() {}
}
