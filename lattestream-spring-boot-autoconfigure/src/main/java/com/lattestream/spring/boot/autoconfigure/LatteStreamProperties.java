package com.lattestream.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be said about LatteStream in the application's configuration. Immutable.
 *
 * @param mode Whether to talk to the service, to log events instead of sending them, or to do nothing with them.
 * @param secret Secret of the application (lsk_...), as the LatteStream dashboard shows it. Required, unless
 *     nothing is sent.
 * @param cluster Cluster whose service to talk to, unless an endpoint is set.
 * @param endpoint Address of the service as host[:port][/base], without a scheme, instead of the cluster's own.
 * @param useTls Whether to use TLS. Without it the secret travels in the clear.
 * @param ssl Certificates and versions of TLS.
 * @param timeout Maximum time of one attempt to deliver events, and of any other call with all its retries.
 * @param closeTimeout Maximum time that closing the client takes, including the delivery of queued events. Events without
 *     a response at that time fail.
 * @param connectionPool Connections to the service.
 * @param proxy HTTP proxy between the application and the service.
 * @param cache Answers about channels and users that are kept.
 * @param retry Requests that are tried again.
 * @param batching Events that wait and travel together.
 * @param circuitBreaker When a service that fails is left alone for a while.
 * @param exitCode Exit code of applications that end by themselves, such as jobs.
 */
@ConfigurationProperties("lattestream")
public record LatteStreamProperties(
        @DefaultValue("remote") Mode mode,
        @Nullable String secret,
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

    /** Returns a text that does not show the secret. */
    @Override
    public String toString() {
        return "LatteStreamProperties[mode=" + mode + ", cluster=" + cluster + ", endpoint=" + endpoint + ", useTls="
                + useTls + "]";
    }

    /** What becomes of calls. */
    public enum Mode {

        /** They go to the service. */
        REMOTE,

        /** Events are logged instead of sent, and no call goes to the service. */
        LOG,

        /** Events are only counted, and no call goes to the service. */
        NONE
    }

    /**
     * Certificates and versions of TLS.
     *
     * @param bundle Name of the SSL bundle with the certificates, versions and ciphers to use. The platform's by default.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * Connections to the service.
     *
     * @param maxConnections Maximum number of connections in the pool. A part of them is reserved for each kind of
     *     requests: events, authorizations, and queries.
     * @param maxAge How long a connection is used before a new one takes its place.
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

        /** Returns a text that does not show the user and password. */
        @Override
        public String toString() {
            return "Proxy[host=" + host + ", port=" + port + ", nonProxyHosts=" + nonProxyHosts + "]";
        }
    }

    /**
     * Answers about channels and users that are kept.
     *
     * @param timeout Maximum time for which a response is kept. Zero turns the cache off, which is the default with a
     *     local engine.
     * @param maxEntries How many answers are kept at most.
     */
    public record Cache(
            @Nullable Duration timeout,
            @DefaultValue("1000") int maxEntries) {}

    /**
     * Requests that are tried again.
     *
     * @param maxRetries Maximum number of retries after a failure that can pass by itself. By default, events are
     * retried until the delivery timeout, and other requests at most 3 times. Zero for no retries.
     * @param delay Wait before the first retry. Each further wait is twice as long, with jitter.
     * @param maxDelay Longest wait before a retry, also if the service requests a longer one with Retry-After. Events wait
     * for at most 5 seconds unless the service requests more.
     * @param ambiguous What to do with an event that was sent and got no answer: send it again, or let it fail.
     */
    public record Retry(
            @Nullable Integer maxRetries,
            @DefaultValue("1s") Duration delay,
            @DefaultValue("30s") Duration maxDelay,
            @DefaultValue("retry") Ambiguous ambiguous) {

        /** What to do with an event whose fate is unknown. */
        public enum Ambiguous {

            /** Send it again: it may arrive twice. */
            RETRY,

            /** Let it fail: it may not arrive at all. */
            FAIL
        }
    }

    /**
     * Events that wait and travel together.
     *
     * @param enabled Whether events wait for others to travel with.
     * @param size How many events travel together at most.
     * @param interval How long an event waits at most for others to travel with.
     * @param maxQueuedEvents How many events without an answer are kept. When there are so many, triggering waits.
     * @param maxQueuedBytes How many bytes the events without an answer may have together.
     * @param maxBlock How long triggering waits for room in a full queue before it fails. Zero for not at all.
     * @param deliveryTimeout After how long an event without an answer fails, whatever retries are left.
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
     * @param enabled Whether SpringApplication.exit returns a non-zero exit code if events were not delivered. Queued events
     *     are delivered first, for at most lattestream.close-timeout.
     */
    public record ExitCode(@DefaultValue("false") boolean enabled) {}

    /**
     * When a service that fails is left alone for a while.
     *
     * @param enabled Whether to leave a service that fails too often alone for a while.
     * @param failureRateThreshold Percentage of failed requests from which on the service is left alone.
     * @param slidingWindowSize How many of the last requests the percentage is of.
     * @param minimumNumberOfCalls How many requests there have to be before the service may be left alone.
     * @param waitDurationInOpenState How long the service is left alone before it is tried again.
     * @param permittedNumberOfCallsInHalfOpenState How many requests try whether the service is back.
     */
    public record CircuitBreaker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("50") int failureRateThreshold,
            @DefaultValue("50") int slidingWindowSize,
            @DefaultValue("10") int minimumNumberOfCalls,
            @DefaultValue("5s") Duration waitDurationInOpenState,
            @DefaultValue("3") int permittedNumberOfCallsInHalfOpenState) {}
}
