package com.lattestream.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The executable jar of an application, running with the results of the build's ahead-of-time processing. Its file is named
 * by the system property {@code executable.jar}.
 */
public final class ProcessedJar implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("(?:Tomcat|Netty) started on port (\\d+)");

    private final Process process;

    private final Path output;

    private ProcessedJar(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns the jar, which may not exist. */
    public static Path file() {
        return Path.of(System.getProperty("executable.jar", "target/none.jar"));
    }

    /**
     * Starts the jar on a free port, and waits until it has started.
     * @param application simple name of the main class
     * @param output file for the output of the process
     * @param arguments additional arguments of the command line
     */
    public static ProcessedJar start(String application, Path output, String... arguments) throws IOException {
        List<String> command = Program.java("-Dspring.aot.enabled=true", "-jar", file().toString(), "--server.port=0");
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATTESTREAM_"));
        ProcessedJar jar = new ProcessedJar(builder.start(), output);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !jar.process.isAlive() || jar.output().contains("Started " + application + " in"));
            assertThat(jar.output())
                    .contains("Starting AOT-processed " + application, "Started " + application + " in");
        } catch (Throwable failure) {
            jar.close();
            throw failure;
        }
        return jar;
    }

    /** Returns the output so far. */
    public String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** Returns the port of the application. */
    public int port() throws IOException {
        Matcher matcher = PORT.matcher(output());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
