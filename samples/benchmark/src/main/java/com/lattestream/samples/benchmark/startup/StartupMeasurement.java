package com.lattestream.samples.benchmark.startup;

import com.lattestream.samples.benchmark.contestant.Workload;
import com.lattestream.samples.benchmark.process.ForkedJvm;
import com.lattestream.samples.benchmark.result.FirstRequest;
import com.lattestream.samples.benchmark.result.Startup;
import com.lattestream.samples.benchmark.startup.empty.EmptyApplication;
import com.lattestream.samples.benchmark.startup.trigger.TriggeringApplication;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * Starts an empty web application with Actuator repeatedly, in turn without a messaging starter, with LatteStream's
 * starter, and with Spring Boot's starters for AMQP and Kafka. LatteStream's starter has a secret and the address of
 * the sink, so it creates a client, but sends no request. The other two do not connect to a broker before they are
 * used.
 */
public final class StartupMeasurement {

    private static final List<String> JVM_ARGUMENTS = List.of("-Xms256m", "-Xmx256m");

    private static final List<String> CLASS_PATHS = List.of(
            "class-path-without-starter.txt",
            "class-path-with-starter.txt",
            "class-path-with-amqp.txt",
            "class-path-with-kafka.txt");

    private final List<String> arguments;

    /**
     * Creates a measurement.
     * @param sinkPort the port of the sink
     */
    public StartupMeasurement(int sinkPort) {
        // passed to all applications, although only LatteStream's starter reads the last four
        this.arguments = List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--lattestream.secret=" + Workload.SECRET,
                "--lattestream.endpoint=127.0.0.1:" + sinkPort,
                "--lattestream.use-tls=false",
                // a single event is sent immediately
                "--lattestream.batching.enabled=false");
    }

    /**
     * Runs the measurement.
     * @param rounds the number of starts of each application; one additional start of each fills the caches of the
     * system
     * @return the duration of each start
     */
    public Startup measure(int rounds) {
        return measure(1, rounds);
    }

    Startup measure(int uncounted, int rounds) {
        double[][] times = new double[CLASS_PATHS.size()][rounds];
        Path application = alone(EmptyApplication.class);
        try {
            List<String> classPaths = CLASS_PATHS.stream()
                    .map(file -> application + File.pathSeparator + classPath(file))
                    .toList();
            for (int i = 0; i < uncounted; i++) {
                classPaths.forEach(this::start);
            }
            for (int i = 0; i < rounds; i++) {
                // the order rotates, so that no application always follows the same one
                for (int j = 0; j < times.length; j++) {
                    int next = (i + j) % times.length;
                    times[next][i] = start(classPaths.get(next));
                }
            }
        } finally {
            delete(application);
        }
        return new Startup(times[0], times[1], times[2], times[3]);
    }

    /** Returns the names of the classes that an application with LatteStream's starter loads until it is ready. */
    List<String> loadedClasses() {
        Path application = alone(EmptyApplication.class);
        try {
            Path log = application.resolve("classes.log");
            List<String> jvmArguments = new ArrayList<>(JVM_ARGUMENTS);
            jvmArguments.add("-Xlog:class+load:file=" + log + ":none");
            String classPath = application + File.pathSeparator + classPath("class-path-with-starter.txt");
            try (ForkedJvm jvm = start(classPath, jvmArguments, EmptyApplication.class)) {
                readyAfter(jvm);
            }
            return Files.readAllLines(log).stream()
                    .map(line -> line.split(" ", 2)[0])
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } finally {
            delete(application);
        }
    }

    /**
     * Measures requests in new JVMs, from the time when the application is ready until the service has accepted the
     * event.
     * @param rounds the number of applications to start
     * @return the duration of the first request and of a later one in each application
     */
    public FirstRequest measureFirstRequest(int rounds) {
        double[] first = new double[rounds];
        double[] later = new double[rounds];
        Path application = alone(TriggeringApplication.class);
        try {
            String classPath = application + File.pathSeparator + classPath("class-path-with-starter.txt");
            for (int i = 0; i < rounds; i++) {
                try (ForkedJvm jvm = start(classPath, JVM_ARGUMENTS, TriggeringApplication.class)) {
                    String[] milliseconds = readAfter(TriggeringApplication.TRIGGERED_AFTER, jvm)
                            .split(" ", 2);
                    first[i] = Double.parseDouble(milliseconds[0]);
                    later[i] = Double.parseDouble(milliseconds[1]);
                }
            }
        } finally {
            delete(application);
        }
        return new FirstRequest(first, later);
    }

    private double start(String classPath) {
        try (ForkedJvm jvm = start(classPath, JVM_ARGUMENTS, EmptyApplication.class)) {
            return readyAfter(jvm);
        }
    }

    private ForkedJvm start(String classPath, List<String> jvmArguments, Class<?> application) {
        return ForkedJvm.start(
                ForkedJvm.thisJavaHome(),
                jvmArguments,
                classPath,
                application.getName(),
                arguments.toArray(String[]::new));
    }

    private static double readyAfter(ForkedJvm jvm) {
        return Double.parseDouble(readAfter(EmptyApplication.READY_AFTER, jvm));
    }

    // the value follows the lines of the log
    private static String readAfter(String prefix, ForkedJvm jvm) {
        while (true) {
            String line = jvm.read();
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
    }

    /**
     * Copies the application to a directory of its own, so that no other class of the benchmark is on its classpath.
     */
    private static Path alone(Class<?> application) {
        String name = application.getName().replace('.', '/') + ".class";
        try (InputStream bytes = application.getClassLoader().getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IllegalStateException("The classpath lacks " + name);
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

    /** Reads a file that Maven has written to the directory of the classes. */
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
