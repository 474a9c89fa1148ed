package com.lattestream.samples.benchmark.process;

import com.lattestream.samples.benchmark.result.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Describes the machine, and finds the JDKs that are installed next to the current one. */
public final class Hardware {

    private static final Pattern PROCESSOR = Pattern.compile("model name\\s*:\\s*(.+)");

    private Hardware() {}

    /**
     * Describes the machine.
     * @param otherJava the JDK with virtual threads, if there is one
     * @param sink the server that responds to the requests
     * @return the description
     */
    public static Machine describe(Optional<Path> otherJava, String sink) {
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                processor(),
                system.getAvailableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
                system.getName() + " " + system.getVersion(),
                version(ForkedJvm.thisJavaHome()),
                otherJava.map(Hardware::version).orElse(""),
                sink);
    }

    /**
     * Finds a JDK with virtual threads: the current one, or the newest of those installed next to it.
     * @return its home, if there is one
     */
    public static Optional<Path> javaWithVirtualThreads() {
        Path home = ForkedJvm.thisJavaHome();
        if (Runtime.version().feature() >= 21) {
            return Optional.of(home);
        }
        try (Stream<Path> others = Files.list(home.getParent())) {
            return others.filter(other -> feature(other) >= 21)
                    .max((one, another) -> Integer.compare(feature(one), feature(another)));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String processor() {
        Path file = Path.of("/proc/cpuinfo");
        try {
            Matcher name = PROCESSOR.matcher(Files.isReadable(file) ? Files.readString(file) : "");
            return name.find() ? name.group(1).strip() : System.getProperty("os.arch");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int feature(Path home) {
        Matcher feature = Pattern.compile("\\d+").matcher(release(home).getProperty("JAVA_VERSION", ""));
        return feature.find() && Files.isExecutable(home.resolve("bin/java")) ? Integer.parseInt(feature.group()) : 0;
    }

    private static String version(Path home) {
        Properties release = release(home);
        return unquoted(release.getProperty("IMPLEMENTOR", "")) + " "
                + unquoted(release.getProperty(
                        "JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", "of an unknown version")));
    }

    private static String unquoted(String text) {
        return text.replace("\"", "");
    }

    private static Properties release(Path home) {
        Properties release = new Properties();
        Path file = home.resolve("release");
        if (Files.isReadable(file)) {
            try (var lines = Files.newBufferedReader(file)) {
                release.load(lines);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return release;
    }
}
