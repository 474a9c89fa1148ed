package com.lattestream.samples.benchmark.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.RequestSigner;
import com.lattestream.samples.benchmark.contestant.Workload;
import javax.crypto.Mac;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Signs a request, in comparison with the HMAC of the same bytes. */
@State(Scope.Thread)
public class SigningBenchmark {

    private static final String PATH = "/batch_events";

    private static final String TIMESTAMP = "1790000000";

    private static final String NONCE = "mv0x5b3k.0123456789abcdef";

    @Param({"100", "8192"})
    public int bodyBytes;

    private final RequestSigner signer = new RequestSigner(LatteStreamSecret.of(Workload.SECRET));

    private byte[] body = {};

    private byte[] message = {};

    private final Mac mac = Hmac.bare();

    @Setup
    public void makeBody() {
        String text = "x".repeat(bodyBytes);
        body = text.getBytes(UTF_8);
        message = ("POST\n" + PATH + "\n" + text + TIMESTAMP + NONCE).getBytes(UTF_8);
    }

    @Benchmark
    public String lattestream() {
        return signer.sign("POST", PATH, body, TIMESTAMP, NONCE);
    }

    @Benchmark
    public byte[] bareMac() {
        return mac.doFinal(message);
    }
}
