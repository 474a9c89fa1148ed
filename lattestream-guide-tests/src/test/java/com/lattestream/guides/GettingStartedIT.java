package com.lattestream.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
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

        TestExecutionSummary summary = run(classes, "com.example.demo.DemoApplicationTests");

        StringWriter failures = new StringWriter();
        summary.printFailuresTo(new PrintWriter(failures));
        assertThat(summary.getTestsSucceededCount()).as("%s", failures).isEqualTo(1);
        assertThat(summary.getTotalFailureCount()).as("%s", failures).isZero();
    }

    private static TestExecutionSummary run(Path classes, String testClass) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader original = thread.getContextClassLoader();
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, GettingStartedIT.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(loader.loadClass(testClass)))
                                    .build(),
                            listener);
            return listener.getSummary();
        } finally {
            thread.setContextClassLoader(original);
        }
    }
}
