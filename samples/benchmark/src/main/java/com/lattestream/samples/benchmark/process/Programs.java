package com.lattestream.samples.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds and runs the programs of the system that a run needs: nginx and wrk. */
final class Programs {

    private Programs() {}

    /**
     * Finds a program, including those in directories that are only on the path of administrators.
     * @param name the name, which is also the name of its Debian package
     * @return the path of the program
     * @throws IllegalStateException if the program is not installed
     */
    static String path(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/local/sbin", "/usr/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The benchmark needs " + name
                        + ", which is not installed. On Debian and Ubuntu: apt-get install nginx-light wrk"));
    }

    /** Runs a program until it exits, and returns its output, including standard error. */
    static String output(List<String> command, Charset charset) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), charset);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.get(0) + " has failed: " + output.strip());
            }
            return output;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command.get(0), ex);
        }
    }
}
