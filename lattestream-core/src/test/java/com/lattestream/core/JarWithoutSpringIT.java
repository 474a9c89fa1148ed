package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @TempDir
    Path folder;

    private String run(String program, StubService service) throws IOException, InterruptedException {
        String jar = System.getProperty("core.jar");
        assertThat(Path.of(jar)).exists();
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        jar + File.pathSeparator + System.getProperty("core.runtime-classpath"),
                        "src/test/it/" + program + ".java",
                        service.endpoint())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
            String printed = Files.readString(output);
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
