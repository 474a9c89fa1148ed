package com.lattestream.guides;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test of the application of the page docs/getting-started.md. */
class GettingStartedIT {

    @TempDir
    Path project;

    @Test
    void theTestOfTheReaderSucceeds() throws Exception {
        Path classes = GuideApplication.compile(
                project, Guide.named("getting-started.md").files());

        TestRunner.run(project, classes, "com.example.demo.DemoApplicationTests");
    }
}
