package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.RetryExecutor;
import com.lattestream.core.internal.resilience.ServiceCircuitBreaker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Sends requests to the service.
 *
 * @param exchange performs one attempt
 * @param connected returns whether an attempt needs no new connection, which may have to wait for a name server
 * @param retries decides which attempts are followed by another
 * @param breaker decides whether requests are sent at all
 */
public record RequestPipeline(
        Function<ServiceRequest, CompletableFuture<ServiceResponse>> exchange,
        BooleanSupplier connected,
        RetryExecutor retries,
        ServiceCircuitBreaker breaker) {

    String retryLimit(Duration deliveryTimeout) {
        return "until the delivery timeout of " + deliveryTimeout + retries.describeLimit();
    }
}
