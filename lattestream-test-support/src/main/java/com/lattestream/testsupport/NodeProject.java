package com.lattestream.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A directory with a {@code package.json}, in which programs of Node.js run. */
public final class NodeProject {

    private final Path directory;

    private NodeProject(Path directory) {
        this.directory = directory;
    }

    /** Returns the project in a directory. Skips the test if Node.js or npm is not installed, except in CI. */
    public static NodeProject in(Path directory) {
        Installation.assume(
                Program.isInstalled("node") && Program.isInstalled("npm"),
                "Node.js and npm are not installed (Debian: nodejs, npm)");
        return new NodeProject(directory);
    }

    /** Installs the packages of the lock file, as {@link #install(String...)}, unless they are installed already. */
    public NodeProject install() throws IOException, InterruptedException {
        Path installed = directory.resolve("node_modules/.package-lock.json");
        Path locked = directory.resolve("package-lock.json");
        if (!Files.exists(installed)
                || Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(locked)) < 0) {
            install("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        }
        return this;
    }

    /**
     * Installs packages with a command, which may take four minutes. Skips the test if they cannot be installed, for
     * example without a network, except in CI.
     */
    public void install(String... command) throws IOException, InterruptedException {
        Program npm = Program.run(directory, List.of(command), Duration.ofMinutes(4));
        Installation.assume(npm.exitCode() == 0, "npm does not install the packages: " + npm.output());
    }

    /** Runs a program, for at most 50 seconds. */
    public Program run(String... command) throws IOException, InterruptedException {
        return Program.run(directory, List.of(command));
    }
}
