package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages have the version of the build, in the forms that {@code release/set-version} replaces. */
class DocumentedVersionTests {

    private static final Pattern PROJECT_VERSION =
            Pattern.compile("<artifactId>lattestream-parent</artifactId>\\s*<version>([^<]+)<");

    /** A dependency of Maven, one of Gradle, the response of the Actuator endpoint, and the name of a jar. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("<artifactId>lattestream-[a-z-]+</artifactId>\\s*<version>([^<]+)</version>"
                    + "|com\\.lattestream:lattestream-[a-z-]+:([0-9A-Za-z.-]*\\d[0-9A-Za-z.-]*)"
                    + "|\"lattestream\": \"([^\"]+)\""
                    + "|lattestream-[a-z-]+-(\\d[0-9A-Za-z.-]*?)(?:-[a-z]+)?\\.jar");

    private static final Pattern SNAPSHOT = Pattern.compile("\\d+\\.\\d+\\.\\d+-SNAPSHOT");

    static List<Path> pages() throws IOException {
        return ProseTests.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void coordinatesHaveTheVersionOfTheBuild(Path page) throws IOException {
        assertThat(versions(Files.readString(page))).allMatch(version()::equals);
    }

    /** The script does not replace such a version. */
    @ParameterizedTest
    @MethodSource("pages")
    void noOtherTextNamesASnapshot(Path page) throws IOException {
        String rest = DOCUMENTED.matcher(Files.readString(page)).replaceAll("");

        assertThat(rest).doesNotContainPattern(SNAPSHOT);
    }

    @ParameterizedTest
    @CsvSource({"README.md,5", "docs/getting-started.md,2", "docs/operations-reference.md,1", "docs/console.md,1"})
    void coordinatesAreFound(String page, int number) throws IOException {
        assertThat(versions(Files.readString(Path.of("..", page)))).hasSize(number);
    }

    @Test
    void coordinatesWithoutAVersionAreNoneOfTheBuild() {
        assertThat(versions("testImplementation(\"com.lattestream:lattestream-test\")"))
                .isEmpty();
        assertThat(versions("com.lattestream:lattestream-test:1.2.3:embeddable"))
                .containsExactly("1.2.3");
    }

    private static String version() throws IOException {
        Matcher version = PROJECT_VERSION.matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static List<String> versions(String page) {
        return DOCUMENTED
                .matcher(page)
                .results()
                .flatMap(
                        found -> IntStream.rangeClosed(1, DOCUMENTED.matcher("").groupCount())
                                .mapToObj(found::group))
                .filter(Objects::nonNull)
                .toList();
    }
}
