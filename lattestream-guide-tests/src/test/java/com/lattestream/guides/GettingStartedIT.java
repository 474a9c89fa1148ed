package com.lattestream.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The test of the application of the page docs/getting-started.md. */
class GettingStartedIT {

    @TempDir
    Path project;

    @Test
    void theTestOfTheReaderSucceeds() throws Exception {
        Path classes = GuideApplication.compile(
                project, Guide.named("getting-started.md").files());

        Path output = project.resolve("target/test-output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                classes.toString(),
                                GuideApplication.classPath(),
                                // not on the classpath of the application
                                location(Launcher.class),
                                location(TestRunner.class)),
                        TestRunner.class.getName(),
                        "com.example.demo.DemoApplicationTests")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        try {
            boolean ended = process.waitFor(45, TimeUnit.SECONDS);
            assertThat(ended).as("%s", Files.readString(output)).isTrue();
            assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Runs the tests of a class in a process of its own. */
    static final class TestRunner {

        private TestRunner() {}

        public static void main(String[] args) throws Exception {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(Class.forName(args[0])))
                                    .build(),
                            listener);
            TestExecutionSummary summary = listener.getSummary();
            summary.printFailuresTo(new PrintWriter(System.out, true, UTF_8));
            System.exit(summary.getTestsSucceededCount() == 1 && summary.getTotalFailureCount() == 0 ? 0 : 1);
        }
    }
}
