package com.lattestream.core.internal.delivery;

import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.ServiceResponse;
import com.lattestream.core.internal.resilience.RetryPolicy;
import com.lattestream.core.internal.resilience.ServiceBreaker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * How requests get to the service.
 *
 * @param exchange makes one attempt
 * @param connected says whether an attempt needs no new connection, which it may take time to find out where to make
 * @param retries says which attempts are followed by another
 * @param breaker says whether the service is asked at all
 */
public record ServiceAccess(
        Function<ServiceRequest, CompletableFuture<ServiceResponse>> exchange,
        BooleanSupplier connected,
        RetryPolicy retries,
        ServiceBreaker breaker) {

    String retryLimit(Duration deliveryTimeout) {
        return "until the delivery timeout of " + deliveryTimeout + retries.describeLimit();
    }
}
