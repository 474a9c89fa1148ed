package com.lattestream.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the LatteStream client. Immutable.
 *
 * @param mode Whether to send requests to the service, to log events instead of sending them, or only to count them.
 * @param secret Secret of the application (lsk_...), as displayed by the LatteStream dashboard. Required in mode
 * "remote", unless a local engine is used.
 * @param publicKey Public key of the application (lspk_...), with which browsers connect. Required for the bean
 * LatteStreamBrowserSettings, unless a local engine is used.
 * @param cluster Cluster to connect to. Ignored if an endpoint is set.
 * @param endpoint Address of the service as host[:port][/base], without a scheme, instead of the address of the
 * cluster.
 * @param useTls Whether to use TLS. Without TLS, the secret is sent unencrypted.
 * @param ssl TLS settings.
 * @param timeout Maximum time of one attempt to deliver events, and of any other call with all its retries.
 * @param closeTimeout Maximum time that closing the client takes, including the delivery of queued events. Events
 * without a response at that time fail.
 * @param connectionPool Connections to the service.
 * @param proxy HTTP proxy between the application and the service.
 * @param cache Cache of responses to queries about channels and users.
 * @param retry Retries of failed requests.
 * @param batching Queue of events, and batches.
 * @param circuitBreaker Circuit breakers of the requests to the service.
 * @param exitCode Exit code of applications that end by themselves, such as jobs.
 */
@ConfigurationProperties("lattestream")
public record LatteStreamProperties(
        @DefaultValue("remote") Mode mode,
        @Nullable String secret,
        @Nullable String publicKey,
        @DefaultValue("eu1") String cluster,
        @Nullable String endpoint,
        @DefaultValue("true") boolean useTls,
        @DefaultValue Ssl ssl,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("10s") Duration closeTimeout,
        @DefaultValue ConnectionPool connectionPool,
        @DefaultValue Proxy proxy,
        @DefaultValue Cache cache,
        @DefaultValue Retry retry,
        @DefaultValue Batching batching,
        @DefaultValue CircuitBreaker circuitBreaker,
        @DefaultValue ExitCode exitCode) {

    /** Returns a string that does not show the secret. */
    @Override
    public String toString() {
        return "LatteStreamProperties[mode=" + mode + ", cluster=" + cluster + ", endpoint=" + endpoint + ", useTls="
                + useTls + "]";
    }

    /** How the client handles calls. */
    public enum Mode {

        /** Requests are sent to the service. */
        REMOTE,

        /** Events are logged instead of sent, and no request is sent to the service. */
        LOG,

        /** Events are only counted, and no request is sent to the service. */
        NONE
    }

    /**
     * TLS settings.
     *
     * @param bundle Name of the SSL bundle with the certificates, TLS versions and ciphers to use. The platform's
     * defaults if not set.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * Connections to the service.
     *
     * @param maxConnections Maximum number of connections in the pool. A part of them is reserved for each kind of
     *     requests: events, authorizations, and queries.
     * @param maxAge Maximum age of a connection before it is replaced by a new one.
     */
    public record ConnectionPool(
            @DefaultValue("20") int maxConnections,
            @DefaultValue("5m") Duration maxAge) {}

    /**
     * HTTP proxy between the application and the service.
     *
     * @param host Host name or address of the proxy. The proxy settings of the JVM apply if it is not set.
     * @param port Port of the proxy. Required with a host.
     * @param username User for the proxy, sent with Basic authentication. Also for a proxy of the JVM's settings.
     * @param password Password for the proxy.
     * @param nonProxyHosts Hosts that are connected to without the proxy, with * as a wildcard. Only with a host.
     */
    public record Proxy(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue List<String> nonProxyHosts) {

        /** Returns a string that does not show the user and password. */
        @Override
        public String toString() {
            return "Proxy[host=" + host + ", port=" + port + ", nonProxyHosts=" + nonProxyHosts + "]";
        }
    }

    /**
     * Cache of responses to queries about channels and users.
     *
     * @param timeout Maximum time for which a response is cached. Zero disables the cache, which is the default with a
     * local engine.
     * @param maxEntries Maximum number of cached responses.
     */
    public record Cache(
            @Nullable Duration timeout,
            @DefaultValue("1000") int maxEntries) {}

    /**
     * Retries of failed requests.
     *
     * @param maxRetries Maximum number of retries after a transient failure. By default, events are retried until the
     * delivery timeout, and other requests at most 3 times. Zero for no retries.
     * @param delay Wait before the first retry. Each further wait is twice as long, with jitter.
     * @param maxDelay Maximum wait before a retry, even if the service requests a longer one with Retry-After. Events
     * wait for at most 5 seconds unless the service requests more.
     * @param ambiguous Whether to retry an event that was sent without a response, or to let it fail.
     */
    public record Retry(
            @Nullable Integer maxRetries,
            @DefaultValue("1s") Duration delay,
            @DefaultValue("30s") Duration maxDelay,
            @DefaultValue("retry") Ambiguous ambiguous) {

        /** How to handle an event whose outcome is unknown. */
        public enum Ambiguous {

            /** Send the event again: it may arrive twice. */
            RETRY,

            /** Let the event fail: it may not arrive at all. */
            FAIL
        }
    }

    /**
     * Queue of events, and batches.
     *
     * @param enabled Whether events wait for further events, to be sent as one batch.
     * @param size Maximum number of events in a batch.
     * @param interval Maximum time that an event waits for a batch to fill.
     * @param maxQueuedEvents Maximum number of events without a response. Triggering waits while this number is
     * reached.
     * @param maxQueuedBytes Maximum total size of the events without a response. Triggering waits while this size is
     * reached.
     * @param maxBlock Maximum time that triggering waits for room in a full queue before it fails. Zero does not wait.
     * @param deliveryTimeout Time after which an event that was not delivered fails, even if retries are left.
     */
    public record Batching(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("50") int size,
            @DefaultValue("100ms") Duration interval,
            @DefaultValue("10000") int maxQueuedEvents,
            @DefaultValue("32MB") DataSize maxQueuedBytes,
            @DefaultValue("1s") Duration maxBlock,
            @DefaultValue("2m") Duration deliveryTimeout) {}

    /**
     * Exit code of applications that end by themselves, such as jobs.
     *
     * @param enabled Whether SpringApplication.exit returns a non-zero exit code if events were not delivered. Queued
     * events are delivered first, for at most lattestream.close-timeout.
     */
    public record ExitCode(@DefaultValue("false") boolean enabled) {}

    /**
     * Circuit breakers of the requests to the service.
     *
     * @param enabled Whether to stop sending requests for a while if too many have failed.
     * @param failureRateThreshold Failure rate, in percent, at or above which a circuit breaker opens.
     * @param slidingWindowSize Number of recent requests from which the failure rate is calculated.
     * @param minimumNumberOfCalls Minimum number of requests before a circuit breaker can open.
     * @param waitDurationInOpenState Time that a circuit breaker stays open before it permits requests again.
     * @param permittedNumberOfCallsInHalfOpenState Number of requests that are permitted while a circuit breaker is
     * half-open.
     */
    public record CircuitBreaker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("50") int failureRateThreshold,
            @DefaultValue("50") int slidingWindowSize,
            @DefaultValue("10") int minimumNumberOfCalls,
            @DefaultValue("5s") Duration waitDurationInOpenState,
            @DefaultValue("3") int permittedNumberOfCallsInHalfOpenState) {}
}
