package com.lattestream.samples.benchmark.web;

import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.measure.Numbers;
import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.web.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The application in a JVM of its own on one stack, and the connections to it. */
final class MeasuredServer implements AutoCloseable {

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms768m", "-Xmx768m");

    private final ForkedJvm jvm;

    private final HttpLoad http;

    private MeasuredServer(ForkedJvm jvm, HttpLoad http) {
        this.jvm = jvm;
        this.http = http;
    }

    /**
     * Starts the application.
     * @param javaHome the Java that runs it
     * @param stack the stack
     * @param connections the number of connections
     * @return the server
     * @throws IllegalStateException if the web server or the threads of the application are not those of the stack
     */
    static MeasuredServer start(Path javaHome, Stack stack, int connections) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.main.banner-mode=off",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--lattestream.secret=" + Workload.SECRET,
                // signing is local and no event is triggered, so the client sends no requests
                "--lattestream.endpoint=127.0.0.1:1",
                "--lattestream.use-tls=false",
                "--lattestream.auth.mode=local",
                // a cold JVM may read more bodies concurrently than the default permits, and respond with 503
                "--lattestream.webhook.max-unverified-bodies=" + 2 * connections));
        arguments.addAll(stack.arguments());
        ForkedJvm jvm = ForkedJvm.start(javaHome, JVM_ARGUMENTS, ServerProcess.class, arguments.toArray(String[]::new));
        try {
            String[] server = jvm.read().split(" ", -1);
            jvm.read();
            MeasuredServer started = new MeasuredServer(jvm, new HttpLoad(Integer.parseInt(server[1]), connections));
            started.require(stack, server[0]);
            return started;
        } catch (RuntimeException ex) {
            jvm.close();
            throw ex;
        }
    }

    private void require(Stack stack, String webServer) {
        String thread = once(new Load("", stack.label(), stack, "/floor/thread", Body.PLAIN, 200, null), 0);
        boolean virtual = thread.contains("VirtualThread");
        if (!webServer.equals(stack.webServer()) || virtual != stack.virtualThreads()) {
            throw new IllegalStateException(stack.label() + " runs on " + webServer + " and thread " + thread);
        }
    }

    /** Sends one request with this number, and returns the body of its response. */
    String once(Load load, int number) {
        return http.once(load, number);
    }

    /**
     * Sends requests on all connections without pauses.
     * @return the throughput of the server
     */
    Throughput throughput(Load load, Duration duration) {
        long sentBefore = http.sent();
        double[] before = request();
        double requestsPerSecond = http.requestsPerSecond(load, duration);
        double[] after = request();
        long requests = http.sent() - sentBefore;
        requireDispatched(load, requests, Math.round(after[1] - before[1]));
        return new Throughput(requestsPerSecond, (after[0] - before[0]) / 1000 / requests);
    }

    /**
     * Sends requests at a fixed rate.
     * @return nanoseconds from the scheduled time of each request to its response
     */
    Histogram latencies(Load load, int requestsPerSecond, Duration duration) throws InterruptedException {
        return http.latencies(load, requestsPerSecond, duration);
    }

    // a webhook that is rejected as a replay would take less time
    private static void requireDispatched(Load load, long requests, long dispatched) {
        if (dispatched != (load.isWebhook() ? requests : 0)) {
            throw new IllegalStateException(
                    load.label() + ": " + dispatched + " of " + requests + " webhooks reached the listener");
        }
    }

    private double[] request() {
        return Numbers.parse(jvm.request("?"), 2);
    }

    @Override
    public void close() {
        http.close();
        jvm.close();
    }

    /**
     * The throughput of a server with all connections in use.
     *
     * @param requestsPerSecond the number of responses per second
     * @param cpuMicros the CPU time of its process per request, in microseconds
     */
    record Throughput(double requestsPerSecond, double cpuMicros) {}
}
