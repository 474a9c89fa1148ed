package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log lines and responses that the page quotes against the texts of the main code. */
class TroubleshootingPageTests {

    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    private static final List<String> MODULES = List.of("lattestream-core", "lattestream-spring-boot-autoconfigure");

    private static final Pattern NAMED = Pattern.compile("^\\[([a-z_]+)\\] (.*)$");

    // also if the second literal is left out in some cases
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*(?:\\([^?\"]*\\?\\s*\"\"\\s*:\\s*)?\"");

    private static final String SIGNATURE_HEADER = "\"X-LatteStream-Signature\"";

    @TestFactory
    Stream<DynamicTest> quotedLinesAreThoseOfTheCode() throws IOException {
        String code = texts();
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : CodeBlocks.of(PAGE, "text")) {
            block.lines().forEach(line -> tests.add(DynamicTest.dynamicTest(line, () -> check(line, code))));
        }
        assertThat(tests).hasSizeGreaterThan(15);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> quotedResponsesAreThoseOfTheCode() throws IOException {
        String code = texts();
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : CodeBlocks.of(PAGE, "json")) {
            JsonNode response = JsonMapper.shared().readTree(block);
            String detail = response.path("detail").asString();
            tests.add(
                    DynamicTest.dynamicTest(detail, () -> assertThat(code).contains("forbidden(\"" + detail + "\")")));
        }
        assertThat(tests).hasSize(2);
        return tests.stream();
    }

    private static void check(String line, String code) {
        String text = line;
        Matcher named = NAMED.matcher(line);
        if (named.matches()) {
            assertThat(code).contains("\"" + named.group(1) + "\"");
            text = named.group(2);
        }
        List<String> parts = Arrays.stream(text.split("…", -1))
                // the punctuation before a variable may be part of a format
                .map(part -> part.replaceAll("[:. ]+$", ""))
                .filter(part -> part.matches(".*[a-z].*"))
                .toList();
        assertThat(parts).isNotEmpty();
        assertThat(code).contains(parts);
    }

    /** Returns the main code, with concatenated literals joined. */
    private static String texts() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    String text = Files.readString(file).replace("WebhookVerifier.SIGNATURE_HEADER", SIGNATURE_HEADER);
                    code.append(JOINED.matcher(text).replaceAll("")).append('\n');
                }
            }
        }
        return code.toString();
    }
}
