package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.testsupport.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Starts a program of its own with the packaged jar. */
class JarWithoutSpringIT {

    @Test
    void aProgramWithoutSpringTriggersAndQueries() throws IOException, InterruptedException {
        assertThat(System.getProperty("core.runtime-classpath")).doesNotContain("spring");
        try (StubService service = new StubService()) {
            service.answer(request -> Reply.json("{\"occupied\":true}"));

            assertThat(run("WithoutSpring", service)).contains("no Spring", "occupied: true");
            assertThat(service.requests())
                    .extracting(StubService.Request::path)
                    .containsExactly("/batch_events", "/channels/chat");
        }
    }

    @Test
    void aClientThatIsNeverClosedKeepsNoProgramAlive() throws IOException, InterruptedException {
        try (StubService service = new StubService()) {
            assertThat(run("NeverClosed", service)).contains("delivered: 1");
        }
    }

    private String run(String program, StubService service) throws IOException, InterruptedException {
        String jar = System.getProperty("core.jar");
        assertThat(Path.of(jar)).exists();
        Program ended = Program.run(
                Path.of(""),
                Program.java(
                        "-cp",
                        jar + File.pathSeparator + System.getProperty("core.runtime-classpath"),
                        "src/test/it/" + program + ".java",
                        service.endpoint()),
                Duration.ofSeconds(30));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return ended.output();
    }
}
