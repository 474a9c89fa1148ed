package com.lattestream.spring.boot.autoconfigure.aot;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.ProcessedApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests with an engine can be processed ahead of time, as {@code process-test-aot} does. */
@Timeout(120)
class EmbeddedLatteStreamAheadOfTimeTests {

    @Test
    void theProcessedTestHasItsEngine(@TempDir Path directory) throws Exception {
        try (ProcessedApplication test = ProcessedApplication.processTest(TestWithEngine.class, directory)) {
            assertThat(test.call(TestWithEngine.class, "probe"))
                    .contains("aot=true secret=lsk_of_the_test engine=1")
                    .containsPattern("webhooks=http://localhost:\\d+/hooks");
        }
    }
}
