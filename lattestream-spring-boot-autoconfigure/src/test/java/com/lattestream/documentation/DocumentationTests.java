package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documentation is correct: its Java compiles, its properties exist, and none is missing. */
class DocumentationTests {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path classes;

    @TestFactory
    Stream<DynamicTest> javaCompiles() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            if (page.endsWith("contracts.md")) {
                continue; // its files use lattestream-asyncapi, and are compiled by lattestream-guide-tests
            }
            int number = 0;
            for (String snippet : CodeBlocks.of(page, "java")) {
                String name = ROOT.relativize(page) + " #" + ++number;
                tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(new JavaSnippet(snippet).errors(classes))
                                .isEmpty()));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> propertiesExist() throws IOException {
        Set<String> known = knownProperties();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            for (String block : CodeBlocks.of(page, "properties")) {
                Properties shown = new Properties();
                shown.load(new StringReader(block));
                shown.stringPropertyNames().stream()
                        .filter(name -> name.contains("lattestream"))
                        // a map of Boot's, whose keys are metrics
                        .filter(name -> !name.startsWith("management.metrics.distribution."))
                        .map(name -> DynamicTest.dynamicTest(
                                ROOT.relativize(page) + " " + name,
                                () -> assertThat(known).contains(name)))
                        .forEach(tests::add);
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @Test
    void theReferenceHasEveryPropertyAndNoOther() throws IOException {
        Set<String> described = new HashSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/configuration.md"))) {
            if (line.matches("\\| `(lattestream|management)\\..*")) {
                described.add(line.substring(3, line.indexOf('`', 3)));
            }
        }

        assertThat(described).isEqualTo(knownProperties());
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            documents.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static Set<String> knownProperties() throws IOException {
        Set<String> names = new HashSet<>();
        try (InputStream metadata =
                DocumentationTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
                names.add(property.path("name").stringValue());
            }
        }
        return names;
    }
}
