package com.lattestream.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starts a program of its own with the packaged jar. */
class JarWithoutSpringIT {

    @Test
    void aProgramWithoutSpringTriggersAndAsks() throws IOException, InterruptedException {
        String jar = System.getProperty("core.jar");
        String dependencies = System.getProperty("core.runtime-classpath");
        assertThat(Path.of(jar)).exists();
        assertThat(dependencies).doesNotContain("spring");

        try (StubService service = new StubService()) {
            service.answer(request -> Reply.json("{\"occupied\":true}"));

            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            jar + File.pathSeparator + dependencies,
                            "src/test/it/WithoutSpring.java",
                            service.endpoint())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(program.getInputStream().readAllBytes(), UTF_8);

            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(printed).contains("no Spring", "occupied: true");
            assertThat(program.exitValue()).isZero();
            assertThat(service.requests())
                    .extracting(StubService.Request::path)
                    .containsExactly("/batch_events", "/channels/chat");
        }
    }
}
