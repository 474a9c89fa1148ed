package com.lattestream.spring.boot.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.pool.PoolStats;

/**
 * Measures a connection pool, by the names that dashboards for Apache HttpClient know. Micrometer's own binder is
 * deprecated, and HttpClient's takes a builder where there is a pool.
 */
final class ConnectionPoolMetrics implements MeterBinder {

    private static final String PREFIX = "httpcomponents.httpclient.pool.total.";

    private final ConnPoolControl<?> pool;

    private final String name;

    ConnectionPoolMetrics(ConnPoolControl<?> pool, String name) {
        this.pool = pool;
        this.name = name;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("max", PoolStats::getMax, "Connections that may be open").register(registry);
        gauge("pending", PoolStats::getPending, "Requests that wait for a connection")
                .register(registry);
        gauge("connections", PoolStats::getAvailable, "Connections that are open")
                .tag("state", "available")
                .register(registry);
        gauge("connections", PoolStats::getLeased, "Connections that are open")
                .tag("state", "leased")
                .register(registry);
    }

    private Gauge.Builder<?> gauge(String what, ToDoubleFunction<PoolStats> value, String description) {
        return Gauge.builder(PREFIX + what, pool, it -> value.applyAsDouble(it.getTotalStats()))
                .description(description)
                .tag("httpclient", name);
    }
}
