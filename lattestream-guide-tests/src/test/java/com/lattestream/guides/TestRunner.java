package com.lattestream.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.Program;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the test of a class of a guide in a process of its own. */
final class TestRunner {

    private TestRunner() {}

    /** Runs the only test of a class in the directory of its project, and requires that it succeeds. */
    static void run(Path project, Path classes, String testClass) throws Exception {
        Program program = Program.run(
                project,
                Program.java(
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                classes.toString(),
                                GuideApplication.classPath(),
                                // not on the classpath of the application
                                location(Launcher.class),
                                location(TestRunner.class)),
                        TestRunner.class.getName(),
                        testClass));

        assertThat(program.exitCode()).as("%s", program.output()).isZero();
    }

    private static String location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

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
