package com.lattestream.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** A native image finds the types of optional libraries that the code looks up by name. */
class OptionalTypeHintsTests {

    private static final Pattern LOOKUP = Pattern.compile("isPresent\\(\\s*\"([\\w.]+)\"");

    @Test
    void everyTypeThatIsLookedUpByNameHasAHint() throws IOException {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(OptionalTypeHints.class::isInstance)
                .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));

        assertThat(hints.reflection().typeHints().map(TypeHint::getType).map(TypeReference::getName))
                .containsExactlyInAnyOrderElementsOf(lookedUp());
    }

    @Test
    void withoutTheOptionalLibrariesThereIsNoHint() {
        RuntimeHints hints = new RuntimeHints();

        new OptionalTypeHints().registerHints(hints, ClassLoader.getPlatformClassLoader());

        assertThat(hints.reflection().typeHints()).isEmpty();
    }

    private static Set<String> lookedUp() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                LOOKUP.matcher(Files.readString(source)).results().forEach(result -> names.add(result.group(1)));
            }
        }
        assertThat(names).isNotEmpty();
        return names;
    }
}
