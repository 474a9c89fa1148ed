package com.lattestream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The end of a program that ran in a process of its own.
 * @param exitCode 0 if the program succeeded
 * @param output the text of both streams
 */
public record Program(int exitCode, String output) {

    private static final Duration LIMIT = Duration.ofSeconds(50);

    /** The exit code of a program that was ended because it took too long. */
    public static final int ENDED = -1;

    /** Runs a program in a directory, and ends it and fails after 50 seconds. */
    public static Program run(Path directory, List<String> command) throws IOException, InterruptedException {
        Program program = run(directory, command, LIMIT);
        assertThat(program.exitCode())
                .as("%s ends: %s", command, program.output())
                .isNotEqualTo(ENDED);
        return program;
    }

    /** Runs a program in a directory, and ends it after a time with the exit code {@link #ENDED}. */
    public static Program run(Path directory, List<String> command, Duration limit)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LATTESTREAM_"));
            Process process = builder.start();
            try {
                boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                return new Program(ended ? process.exitValue() : ENDED, Files.readString(output));
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } finally {
            Files.delete(output);
        }
    }

    /** Returns the command of a JVM that lives for seconds, with the options of the parent POM for such JVMs. */
    public static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Whether a program is in a folder of the environment variable {@code PATH}. */
    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
