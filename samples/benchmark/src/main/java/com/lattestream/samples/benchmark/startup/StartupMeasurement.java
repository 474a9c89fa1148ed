package com.lattestream.samples.benchmark.startup;

import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.startup.empty.EmptyApplication;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * Starts an empty web application with Actuator again and again, by turns with and without the starter on its class
 * path. The starter has a secret and the sink's address: it makes a client, which sends nothing.
 */
public final class StartupMeasurement {

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms256m", "-Xmx256m");

    private final List<String> arguments;

    /**
     * Creates a measurement.
     * @param sinkPort where the sink listens
     */
    public StartupMeasurement(int sinkPort) {
        // for both, though only one has somebody who reads all of them
        this.arguments = List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--lattestream.secret=" + Workload.SECRET,
                "--lattestream.endpoint=127.0.0.1:" + sinkPort,
                "--lattestream.use-tls=false");
    }

    /**
     * Measures.
     * @param rounds how many starts of each to count; one more of each comes before, for the system's caches
     * @return how long each start took
     */
    public Startup measure(int rounds) {
        return measure(1, rounds);
    }

    Startup measure(int uncounted, int rounds) {
        double[] without = new double[rounds];
        double[] with = new double[rounds];
        Path application = applicationAlone();
        try {
            String pathWithout = application + File.pathSeparator + classPath("class-path-without-starter.txt");
            String pathWith = application + File.pathSeparator + classPath("class-path-with-starter.txt");
            for (int i = 0; i < uncounted; i++) {
                start(pathWithout);
                start(pathWith);
            }
            for (int i = 0; i < rounds; i++) {
                // neither is always the one that comes second
                if (i % 2 == 0) {
                    without[i] = start(pathWithout);
                    with[i] = start(pathWith);
                } else {
                    with[i] = start(pathWith);
                    without[i] = start(pathWithout);
                }
            }
        } finally {
            delete(application);
        }
        return new Startup(without, with);
    }

    private double start(String classPath) {
        try (ForkedJvm jvm = ForkedJvm.start(
                ForkedJvm.thisJavaHome(),
                JVM_ARGUMENTS,
                classPath,
                EmptyApplication.class.getName(),
                arguments.toArray(String[]::new))) {
            return readyAfter(jvm);
        }
    }

    // behind the lines of the log
    private static double readyAfter(ForkedJvm jvm) {
        while (true) {
            String line = jvm.read();
            if (line.startsWith(EmptyApplication.READY_AFTER)) {
                return Double.parseDouble(line.substring(EmptyApplication.READY_AFTER.length()));
            }
        }
    }

    /** Puts the application into a directory of its own: nothing else of the benchmark is on its class path. */
    private static Path applicationAlone() {
        String name = EmptyApplication.class.getName().replace('.', '/') + ".class";
        try (InputStream bytes = EmptyApplication.class.getClassLoader().getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            Path directory = Files.createTempDirectory("empty-application");
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.copy(bytes, file);
            return directory;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Reads what Maven has written beside the classes. */
    private static String classPath(String file) {
        try {
            Path classes = Path.of(EmptyApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.readString(classes.resolveSibling(file)).strip();
        } catch (IOException ex) {
            throw new UncheckedIOException("Maven has not written " + file + ": run this with Maven", ex);
        } catch (URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
