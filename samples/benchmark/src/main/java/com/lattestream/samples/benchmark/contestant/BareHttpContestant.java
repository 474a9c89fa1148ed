package com.lattestream.samples.benchmark.contestant;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * The floor: LatteStream's HTTP client, which posts prepared bytes with a fixed number of concurrent requests.
 * Optionally it signs each request, with one HMAC of its body.
 */
final class BareHttpContestant implements Contestant {

    private static final int BODIES = 100;

    private final String path;

    private final byte[][] bodies;

    private final int eventsPerRequest;

    private final int inFlight;

    private final boolean signing;

    private final SecretKeySpec key = new SecretKeySpec(Workload.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256");

    private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);

    private final BareHttpClient client;

    BareHttpContestant(HttpHost sink, boolean batches, boolean signing, int inFlight) {
        this.path = batches ? "/batch_events" : "/events";
        this.bodies = IntStream.range(0, BODIES)
                .mapToObj(number -> batches ? Workload.batch(number * Workload.BATCH_SIZE) : Workload.event(number))
                .toArray(byte[][]::new);
        this.eventsPerRequest = batches ? Workload.BATCH_SIZE : 1;
        this.inFlight = inFlight;
        this.signing = signing;
        this.client = new BareHttpClient(sink);
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (java.security.GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Header signature(byte[] body) {
        return new BasicHeader(
                "X-LatteStream-Signature", HexFormat.of().formatHex(mac.get().doFinal(body)));
    }

    @Override
    public Work work(Duration duration) throws Exception {
        long started = System.nanoTime();
        Run run = new Run(started + duration.toNanos());
        for (int i = 0; i < inFlight; i++) {
            run.next();
        }
        run.ended.await();
        if (run.failure.get() != null) {
            throw new IllegalStateException("The sink has not accepted a request", run.failure.get());
        }
        long requests = run.accepted.get();
        return new Work(requests * eventsPerRequest, requests, System.nanoTime() - started);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Sends the next request after each response. */
    private final class Run implements FutureCallback<SimpleHttpResponse> {

        private final long until;

        private final CountDownLatch ended = new CountDownLatch(inFlight);

        private final AtomicInteger started = new AtomicInteger();

        private final AtomicInteger accepted = new AtomicInteger();

        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        private Run(long until) {
            this.until = until;
        }

        private void next() {
            byte[] body = bodies[started.getAndIncrement() % BODIES];
            client.post(path, body, signing ? List.of(signature(body)) : List.of(), this);
        }

        @Override
        public void completed(SimpleHttpResponse response) {
            if (response.getCode() != 200) {
                failed(new IllegalStateException("status " + response.getCode()));
                return;
            }
            accepted.incrementAndGet();
            if (System.nanoTime() - until < 0) {
                next();
            } else {
                ended.countDown();
            }
        }

        @Override
        public void failed(Exception ex) {
            failure.compareAndSet(null, ex);
            ended.countDown();
        }

        @Override
        public void cancelled() {
            failed(new IllegalStateException("cancelled"));
        }
    }
}
