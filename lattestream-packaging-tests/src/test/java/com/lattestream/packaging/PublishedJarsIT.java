package com.lattestream.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars of the published modules: licences, SBOM, module names and packages. */
class PublishedJarsIT {

    static List<PublishedModule> modules() throws IOException {
        return PublishedModule.all().stream().filter(PublishedModule::isJar).toList();
    }

    static Stream<Path> jars() throws IOException {
        Stream<Path> jars = Stream.empty();
        for (PublishedModule module : modules()) {
            jars = Stream.concat(jars, module.jars().stream());
        }
        return jars;
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    @BeforeAll
    static void needsTheJars() throws IOException {
        for (PublishedModule module : modules()) {
            assumeTrue(Files.exists(module.jar()), () -> module.jar() + " is built by mvn verify");
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void everyJarHasTheLicenceAndTheNotice(Path jar) throws IOException {
        assertThat(entries(jar)).contains("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleHasSources(PublishedModule module) throws IOException {
        assertThat(module.jars())
                .anyMatch(jar -> jar.getFileName().toString().endsWith(module.version() + "-sources.jar"));
    }

    /** Spring Boot reads the SBOM of an application from {@code application.cdx.json} and {@code bom.json}. */
    @ParameterizedTest
    @MethodSource("modules")
    void theOnlySbomHasTheNameOfTheModule(PublishedModule module) throws IOException {
        assertThat(entries(module.jar()))
                .filteredOn(entry -> entry.startsWith("META-INF/sbom/") && !entry.endsWith("/"))
                .containsExactly("META-INF/sbom/" + module.artifact() + ".cdx.json");
        assertThat(entries(module.jar())).doesNotContain("bom.json", "META-INF/bom.json");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theModuleNameIsThatOfThePom(PublishedModule module) {
        ModuleDescriptor descriptor = ModuleFinder.of(module.jar()).findAll().stream()
                .findFirst()
                .orElseThrow()
                .descriptor();

        assertThat(descriptor.isAutomatic()).isTrue();
        assertThat(descriptor.name())
                .isEqualTo(module.property("java-module-name").orElseThrow());
    }

    /** The module system refuses modules that have a package in common. */
    @Test
    void noPackageIsInTwoModules() throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (PublishedModule module : modules()) {
            ModuleFinder.of(module.jar())
                    .findAll()
                    .forEach(reference -> reference.descriptor().packages().forEach(name -> {
                        assertThat(owners.put(name, module.artifact()))
                                .as("another module with the package %s of %s", name, module)
                                .isNull();
                    }));
        }
        assertThat(owners).containsKeys("com.lattestream.core", "com.lattestream.test", "com.lattestream.spring");
    }
}
