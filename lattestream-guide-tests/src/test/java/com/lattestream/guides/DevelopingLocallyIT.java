package com.lattestream.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application that the page docs/developing-locally.md starts, built from its files. */
class DevelopingLocallyIT {

    @TempDir
    Path project;

    @Test
    void theTestClassStartsTheApplicationWithTheEngineAndTheProfile() throws IOException {
        Guide guide = Guide.named("developing-locally.md");
        assertThat(guide.files())
                .containsOnlyKeys(
                        "src/test/java/com/example/demo/TestDemoApplication.java",
                        "src/main/resources/application-dev.properties");

        try (GuideApplication application =
                GuideApplication.start(project, guide.files(), "com.example.demo.TestDemoApplication")) {
            assertThat(application.output())
                    .contains("The following 1 profile is active: \"dev\"")
                    .contains("Local LatteStream engine: REST on http://localhost:" + application.enginePort());
        }
    }
}
