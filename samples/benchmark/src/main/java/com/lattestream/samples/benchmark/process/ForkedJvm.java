package com.lattestream.samples.benchmark.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that responds to each line with one line. Its standard output is reserved for responses. Its standard error is
 * reported if it fails. It exits when its standard input ends, so that no JVM remains after the parent process has
 * exited.
 */
public final class ForkedJvm implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final int MAX_ERROR_LENGTH = 4000;

    private final String name;

    private final Process process;

    private final Path errors;

    private final Writer input;

    private final BlockingQueue<Line> responses = new LinkedBlockingQueue<>();

    private ForkedJvm(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.input = process.outputWriter();
        Thread reader = new Thread(this::readResponses, "responses of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a JVM with the classpath of this JVM.
     * @param javaHome the Java that runs it
     * @param jvmArguments the arguments before the main class
     * @param main the main class
     * @param args its arguments
     * @return the JVM, which may not have reached its main method yet
     */
    public static ForkedJvm start(Path javaHome, List<String> jvmArguments, Class<?> main, String... args) {
        return start(javaHome, jvmArguments, System.getProperty("java.class.path"), main.getName(), args);
    }

    /**
     * Starts a JVM with a classpath of its own.
     * @param javaHome the Java that runs it
     * @param jvmArguments the arguments before the main class
     * @param classPath the classpath
     * @param main the name of the main class
     * @param args its arguments
     * @return the JVM, which may not have reached its main method yet
     */
    public static ForkedJvm start(
            Path javaHome, List<String> jvmArguments, String classPath, String main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(List.of(args));
        try {
            Path errors = Files.createTempFile("benchmark", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String name = main.substring(main.lastIndexOf('.') + 1) + " " + String.join(" ", args);
            return new ForkedJvm(name.strip(), process, errors);
        } catch (IOException ex) {
            throw new UncheckedIOException("No JVM can be started with " + javaHome, ex);
        }
    }

    /** Returns the home of the Java that runs this process. */
    public static Path thisJavaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /**
     * Sends a line, and waits for the response.
     * @param line the line
     * @return the response
     * @throws IllegalStateException if the JVM has exited, or does not respond within five minutes
     */
    public String request(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException ex) {
            throw failure("does not accept a request", ex);
        }
        return read();
    }

    /**
     * Waits for the next line, such as the first one, which is not a response.
     * @return the line
     * @throws IllegalStateException if the JVM has exited, or prints no line within five minutes
     */
    public String read() {
        try {
            Line response = responses.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (response == null) {
                throw failure("did not respond within " + TIMEOUT.toMinutes() + " minutes", null);
            }
            if (response.text() == null) {
                throw failure("exited with status " + process.waitFor(), response.reason());
            }
            return response.text();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, ex);
        }
    }

    /** Terminates the JVM, even if it is busy. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Files.deleteIfExists(errors);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void readResponses() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                responses.add(new Line(line, null));
            }
            responses.add(new Line(null, null));
        } catch (IOException ex) {
            responses.add(new Line(null, ex));
        }
    }

    private IllegalStateException failure(String problem, @Nullable Throwable reason) {
        return new IllegalStateException(name + " " + problem + errors(), reason);
    }

    private String errors() {
        try {
            String text = Files.readString(errors).strip();
            return text.isEmpty()
                    ? " and no message"
                    : ":\n" + text.substring(Math.max(0, text.length() - MAX_ERROR_LENGTH));
        } catch (IOException ex) {
            return "; its messages cannot be read: " + ex;
        }
    }

    /** A line that was read; without a text, the end of the output. */
    private record Line(@Nullable String text, @Nullable IOException reason) {}
}
