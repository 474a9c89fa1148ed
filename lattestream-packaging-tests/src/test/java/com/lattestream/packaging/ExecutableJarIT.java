package com.lattestream.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.testsupport.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of the executable jar of an application that depends on lattestream-test. */
class ExecutableJarIT {

    private final Path jar = Path.of(System.getProperty("executable.jar", "target/none.jar"));

    @TempDir
    Path folder;

    @BeforeEach
    void needsTheJar() {
        assumeTrue(Files.exists(jar), "The jar is built by mvn verify");
    }

    @Test
    void theLocalEngineIsNotInIt() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(ZipEntry::getName))
                    .anyMatch(name -> name.startsWith("BOOT-INF/lib/lattestream-core"))
                    .noneMatch(name -> name.contains("lattestream-test"));
        }
    }

    @Test
    void startsAndUsesTheServiceThatIsConfigured() throws Exception {
        try (EmbeddedLatteStreamServer service =
                EmbeddedLatteStreamServer.builder().start()) {
            String output = run(
                    "--lattestream.secret=" + service.secret(),
                    "--lattestream.endpoint=" + service.endpoint(),
                    "--lattestream.use-tls=false");

            assertThat(output).contains("Triggered");
            assertThat(service.events()).hasSize(1);
        }
    }

    @Test
    void withTheEngineSwitchedOnTheStartFailsWithAnAction() throws Exception {
        assertThat(run("--lattestream.engine.enabled=true", "--lattestream.secret=lsk_do_not_show"))
                .contains("APPLICATION FAILED TO START")
                .contains("The local LatteStream engine is enabled")
                .contains("'embeddable'")
                .doesNotContain("Triggered", "lsk_do_not_show");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = Program.java("-jar", jar.toString());
        command.addAll(List.of(arguments));
        return Program.run(folder, command).output();
    }
}
