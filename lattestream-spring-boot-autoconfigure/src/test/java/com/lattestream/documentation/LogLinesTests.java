package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of log lines in the pages of the documentation against the main code. */
class LogLinesTests {

    private static final Path ROOT = Path.of("..");

    private static final List<String> MODULES =
            List.of("lattestream-core", "lattestream-spring-boot-autoconfigure", "lattestream-test");

    private static final Pattern CREATION =
            Pattern.compile("\\bnew RateLimitedLogger\\(|\\bRateLimitedLogger\\.once\\(");

    private static final Pattern LINE =
            Pattern.compile("(?:" + CREATION + ")[^\"]*?\\bLevel\\.([A-Z]+),\\s*\"([a-z_]+)\"", Pattern.DOTALL);

    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z_]+)` \\| (ERROR|WARN|INFO) \\| (.+?) \\| (.+) \\|$");

    @Test
    void theTablesOfOperationsHaveEveryNamedLineWithItsLevelAndNoOther() throws IOException {
        Set<String> written = new TreeSet<>();
        int creations = 0;
        int names = 0;
        for (Path source : mainSources()) {
            String code = Files.readString(source);
            creations += (int) CREATION.matcher(code).results().count();
            List<MatchResult> lines = LINE.matcher(code).results().toList();
            names += lines.size();
            lines.forEach(line -> written.add(line.group(2) + " " + line.group(1)));
        }
        Set<String> described = new TreeSet<>();
        rows("operations-reference.md").forEach(row -> described.add(row.group(1) + " " + row.group(2)));

        // a line whose name is no literal would escape the scan
        assertThat(names).isEqualTo(creations);
        assertThat(described).isEqualTo(written);
    }

    @Test
    void noLineIsListedTwice() throws IOException {
        assertThat(rows("operations-reference.md"))
                .isNotEmpty()
                .extracting(row -> row.group(1))
                .doesNotHaveDuplicates();
    }

    @Test
    void otherPagesListNoUnknownLine() throws IOException {
        Set<String> known = rows("operations-reference.md").stream()
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toSet());

        assertThat(rows("webhooks.md"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(known).contains(row.group(1) + " " + row.group(2)));
    }

    private static List<MatchResult> rows(String page) throws IOException {
        return Files.readAllLines(ROOT.resolve("docs").resolve(page)).stream()
                .flatMap(line -> ROW.matcher(line).results())
                .toList();
    }

    private static List<Path> mainSources() throws IOException {
        Set<Path> sources = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        // it is the class itself
                        .filter(file -> !file.endsWith("RateLimitedLogger.java"))
                        .forEach(sources::add);
            }
        }
        return List.copyOf(sources);
    }
}
