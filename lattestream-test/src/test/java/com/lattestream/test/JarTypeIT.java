package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The two jars with the same classes: Spring Boot excludes one of them from executable jars, and includes the other.
 */
class JarTypeIT {

    private static final Attributes.Name TYPE = new Attributes.Name("Spring-Boot-Jar-Type");

    @Test
    void jarIsMarkedAsDevelopmentTool() throws IOException {
        try (JarFile jar = jar("main.jar")) {
            assertThat(jar.getManifest().getMainAttributes()).containsEntry(TYPE, "development-tool");
        }
    }

    @Test
    void embeddableJarDiffersOnlyInTheMark() throws IOException {
        try (JarFile jar = jar("main.jar");
                JarFile embeddable = jar("embeddable.jar")) {
            assertThat(embeddable.getManifest().getMainAttributes()).doesNotContainKey(TYPE);
            assertThat(names(embeddable)).isEqualTo(names(jar)).isNotEmpty();

            Attributes attributes = new Attributes(jar.getManifest().getMainAttributes());
            attributes.remove(TYPE);
            assertThat(embeddable.getManifest().getMainAttributes()).isEqualTo(attributes);
        }
    }

    @Test
    void jettyIsRelocated() throws IOException {
        try (JarFile jar = jar("main.jar")) {
            assertThat(names(jar))
                    .allMatch(name -> name.startsWith("com/") || name.startsWith("META-INF/"))
                    .contains("com/lattestream/test/internal/shaded/jetty/server/Server.class")
                    .contains("META-INF/NOTICE", "META-INF/LICENSE", "META-INF/sbom/lattestream-test.cdx.json")
                    .filteredOn(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("META-INF/services/com.lattestream.test.internal.shaded.jetty."));
        }
    }

    private static JarFile jar(String property) throws IOException {
        String path = System.getProperty(property);
        assumeTrue(path != null && Files.exists(Path.of(path)), "The jar is built by mvn verify");
        return new JarFile(path);
    }

    private static Set<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }
}
