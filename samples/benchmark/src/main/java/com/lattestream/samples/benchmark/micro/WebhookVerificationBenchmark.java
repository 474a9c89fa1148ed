package com.lattestream.samples.benchmark.micro;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.samples.benchmark.contestant.Workload;
import java.util.Arrays;
import javax.crypto.Mac;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Verifies a webhook, in comparison with the HMAC of its body without hexadecimal text and comparison. */
@State(Scope.Thread)
public class WebhookVerificationBenchmark {

    @Param({"1024", "65536"})
    public int bodyBytes;

    private final WebhookSigner signer = new WebhookSigner(Workload.SECRET);

    private final Mac mac = Hmac.bare();

    private byte[] body = {};

    private String signature = "";

    private boolean oursFirst;

    @Setup
    public void makeBody() {
        body = new byte[bodyBytes];
        Arrays.fill(body, (byte) 'x');
        signature = signer.sign(body);
    }

    @Benchmark
    public boolean lattestream() {
        return signer.verify(body, signature);
    }

    @Benchmark
    public byte[] bareMac() {
        return mac.doFinal(body);
    }

    /**
     * Runs both in turn and times each, because the difference between two processes, and between two seconds in one
     * process, is larger than the difference to be measured.
     */
    @Benchmark
    public void byTurns(Times times, Blackhole blackhole) {
        oursFirst = !oursFirst;
        if (oursFirst) {
            long before = System.nanoTime();
            blackhole.consume(signer.verify(body, signature));
            long between = System.nanoTime();
            blackhole.consume(mac.doFinal(body));
            times.add(between - before, System.nanoTime() - between);
        } else {
            long before = System.nanoTime();
            blackhole.consume(mac.doFinal(body));
            long between = System.nanoTime();
            blackhole.consume(signer.verify(body, signature));
            times.add(System.nanoTime() - between, between - before);
        }
    }

    /** The time of each. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Times {

        public long lattestreamNanos;

        public long bareMacNanos;

        @Setup(Level.Iteration)
        public void reset() {
            lattestreamNanos = 0;
            bareMacNanos = 0;
        }

        private void add(long lattestream, long bareMac) {
            lattestreamNanos += lattestream;
            bareMacNanos += bareMac;
        }
    }
}
