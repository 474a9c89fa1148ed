package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.SpringBootVersion;

/** The versions of the page of compatibility against the build, and against the classpath of this run. */
class CompatibilityPageTests {

    private static final Path PAGE = Path.of("../docs/compatibility.md");

    private static final Pattern LIBRARY = Pattern.compile("^\\| [^|]+ \\| `([a-z0-9-]+)` \\| (\\S+) \\| (\\S+) \\|$");

    private static final Pattern COLUMNS =
            Pattern.compile("^\\| library \\| artifact \\| with Spring Boot (\\S+) \\| with Spring Boot (\\S+) \\|$");

    private static final Pattern PROFILE = Pattern.compile("<id>spring-boot-4\\.0</id>.*?</profile>", Pattern.DOTALL);

    @Test
    void theFirstRunHasTheVersionsOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));

        List<String> run = run("all tests and checks");

        assertThat(run.get(1)).startsWith(property(pom, "java.version") + ", ");
        assertThat(run.subList(2, 5))
                .containsExactly(
                        property(pom, "spring-boot.version"),
                        property(pom, "spring-modulith.version"),
                        property(pom, "kotlin.version"));
    }

    @Test
    void theSecondRunHasTheVersionsOfTheScriptAndItsProfile() throws IOException {
        String script = Files.readString(Path.of("../.ci/run"));
        Matcher profile = PROFILE.matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(profile.find()).isTrue();

        List<String> run = run("the tests, without browsers and the benchmark");

        assertThat(script)
                .contains("JAVA_HOME=\"$jdk" + run.get(1) + "\"")
                .contains("-name '*" + run.get(1) + "*'")
                .contains("-Dspring-boot.version=" + run.get(2) + " ")
                .contains("-pl '!samples/benchmark'")
                .contains("!*BrowserIT");
        // neither run has another version
        assertThat(Pattern.compile("-Dspring-boot\\.version=").matcher(script).results())
                .hasSize(1);
        assertThat(profile.group()).contains("<value>" + run.get(2) + "</value>");
        assertThat(run.subList(3, 5))
                .containsExactly(
                        property(profile.group(), "spring-modulith.version"),
                        property(profile.group(), "kotlin.version"));
    }

    @Test
    void laterVersionsAreThoseAfterTheVersionOfTheBuild() throws IOException {
        String build = property(Files.readString(Path.of("../pom.xml")), "spring-boot.version");

        assertThat(Files.readString(PAGE)).contains("newest version of Spring Boot after " + build + ",");
        assertThat(Files.readString(Path.of("../.ci/next-boot")))
                .contains("<spring-boot.version>", "newest \"[$build,)\"", "test -Pnext-boot -pl \"$module\" -am");
    }

    @Test
    void aLaterVersionFailsNoBuild() throws IOException {
        assertThat(Files.readAllLines(Path.of("../.ci/run")))
                .filteredOn(line -> line.contains(".ci/next-boot"))
                .singleElement()
                .asString()
                .startsWith("run .ci/next-boot || echo ");
    }

    /** A class that was renamed would run in the step with a later version again. */
    @Test
    void theLongestTestsExist() throws IOException {
        Matcher profile = Pattern.compile("<id>next-boot</id>.*?</profile>", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(profile.find()).isTrue();
        List<String> excluded = Arrays.stream(property(profile.group(), "test").split(",", -1))
                .filter(pattern -> pattern.startsWith("!"))
                .map(pattern -> pattern.substring(1).replace("*", ".*") + "\\.java")
                .toList();
        assertThat(excluded).isNotEmpty();

        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            sources = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(excluded).allSatisfy(pattern -> assertThat(sources).anyMatch(name -> name.matches(pattern)));
    }

    @TestFactory
    Stream<DynamicTest> theLibrariesHaveTheVersionsOfTheClassPath() throws IOException {
        int column = column();
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            LIBRARY.matcher(line)
                    .results()
                    .forEach(row -> tests.add(DynamicTest.dynamicTest(
                            row.group(1),
                            () -> assertThat(versions(row.group(1))).containsExactly(row.group(column)))));
        }
        assertThat(tests).hasSize(12);
        return tests.stream();
    }

    private static int column() throws IOException {
        MatchResult header = Files.readAllLines(PAGE).stream()
                .flatMap(line -> COLUMNS.matcher(line).results())
                .findFirst()
                .orElseThrow();
        assertThat(List.of(header.group(1), header.group(2))).contains(SpringBootVersion.getVersion());
        return header.group(1).equals(SpringBootVersion.getVersion()) ? 2 : 3;
    }

    /** Returns the versions of an artifact. Jackson 2 has the same names as Jackson 3 in another group. */
    private static List<String> versions(String artifact) {
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d[^/\\\\]*)\\.jar$");
        // Surefire hides the classpath behind a jar, and sets it as a property
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(path -> !path.contains("fasterxml"))
                .flatMap(path -> jar.matcher(path).results())
                .map(name -> name.group(1))
                .toList();
    }

    private static List<String> run(String name) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| " + name + " |"))
                .map(line -> Arrays.asList(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .findFirst()
                .orElseThrow();
    }

    private static String property(String pom, String name) {
        Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(value.find()).as(name).isTrue();
        return value.group(1);
    }
}
