package com.lattestream.spring.boot.actuate;

import com.lattestream.core.ConnectionPoolStatistics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Binds the meters of a connection pool, with the names that dashboards for Apache HttpClient use. */
final class ConnectionPoolMetrics implements MeterBinder {

    private static final String PREFIX = "httpcomponents.httpclient.pool.total.";

    private final ConnectionPoolStatistics pool;

    private final String name;

    ConnectionPoolMetrics(ConnectionPoolStatistics pool, String name) {
        this.pool = pool;
        this.name = name;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("max", ConnectionPoolStatistics::max, "Maximum number of connections")
                .register(registry);
        gauge("pending", ConnectionPoolStatistics::pending, "Requests that wait for a connection")
                .register(registry);
        gauge("connections", ConnectionPoolStatistics::available, "Open connections")
                .tag("state", "available")
                .register(registry);
        gauge("connections", ConnectionPoolStatistics::leased, "Open connections")
                .tag("state", "leased")
                .register(registry);
    }

    // a strong reference, because the statistics are not referenced elsewhere
    private Gauge.Builder<?> gauge(
            String suffix, ToDoubleFunction<ConnectionPoolStatistics> value, String description) {
        return Gauge.builder(PREFIX + suffix, pool, value)
                .strongReference(true)
                .description(description)
                .tag("httpclient", name);
    }
}
