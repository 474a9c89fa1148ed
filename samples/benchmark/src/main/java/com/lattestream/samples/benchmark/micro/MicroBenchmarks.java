package com.lattestream.samples.benchmark.micro;

import com.lattestream.samples.benchmark.result.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs the benchmarks of this package with JMH, and extracts the values for the goals. */
public final class MicroBenchmarks {

    private static final String GOAL_BYTES = "65536";

    private MicroBenchmarks() {}

    /**
     * The values for the goals, each as the distribution of all iterations.
     *
     * @param bytesPerBatchedEvent the bytes that an event with 100 bytes of data allocates, from the call to the
     * response
     * @param webhookVerification the speed of verifying a webhook of 64 KiB, relative to its HMAC alone
     */
    public record Found(Spread bytesPerBatchedEvent, Spread webhookVerification) {}

    /**
     * Runs the benchmarks, each in a process of its own.
     * @param sinkPort the port of the sink
     * @param json the file to which JMH writes its results
     * @param quick whether only to check that all benchmarks run
     * @return the values for the goals
     */
    public static Found run(int sinkPort, Path json, boolean quick) {
        try {
            Files.createDirectories(json.toAbsolutePath().getParent());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        TimeValue second = quick ? TimeValue.milliseconds(100) : TimeValue.seconds(1);
        try {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(MicroBenchmarks.class.getPackageName() + ".*")
                            .param("port", String.valueOf(sinkPort))
                            .mode(Mode.Throughput)
                            .timeUnit(TimeUnit.SECONDS)
                            .jvmArgs("-Xms1g", "-Xmx1g")
                            .forks(quick ? 1 : 2)
                            .warmupIterations(quick ? 1 : 3)
                            .warmupTime(second)
                            .measurementIterations(quick ? 1 : 5)
                            .measurementTime(second)
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .resultFormat(ResultFormatType.JSON)
                            .result(json.toString())
                            .build())
                    .run();
            forgetWhereJavaIs(json);
            return found(results);
        } catch (RunnerException ex) {
            throw new IllegalStateException("The benchmarks have failed", ex);
        }
    }

    // the file is published, so it must not contain a path of this machine
    private static void forgetWhereJavaIs(Path json) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        JsonNode results = mapper.readTree(json);
        for (JsonNode result : results) {
            ((ObjectNode) result).remove("jvm");
        }
        mapper.writeValue(json, results);
    }

    private static Found found(Collection<RunResult> results) {
        double[] allocated = iterations(results, AllocationBenchmark.class, "batchedEvent")
                .mapToDouble(iteration -> secondary(iteration, "gc.alloc.rate.norm"))
                .toArray();
        double[] verified = iterations(results, WebhookVerificationBenchmark.class, "byTurns")
                .filter(iteration ->
                        GOAL_BYTES.equals(iteration.getBenchmarkParams().getParam("bodyBytes")))
                .mapToDouble(
                        iteration -> secondary(iteration, "bareMacNanos") / secondary(iteration, "lattestreamNanos"))
                .toArray();
        return new Found(Spread.of(allocated), Spread.of(verified));
    }

    private static Stream<IterationResult> iterations(
            Collection<RunResult> results, Class<?> benchmark, String method) {
        String name = benchmark.getName() + "." + method;
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().equals(name))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(result -> result.getIterationResults().stream());
    }

    private static double secondary(IterationResult iteration, String name) {
        Result<?> result = iteration.getSecondaryResults().get(name);
        if (result == null) {
            throw new IllegalStateException("JMH has not measured " + name + ", but "
                    + List.copyOf(iteration.getSecondaryResults().keySet()));
        }
        return result.getScore();
    }
}
