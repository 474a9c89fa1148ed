package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The relative links of all pages lead to files and headings that exist. */
class LinksTests {

    private static final Path ROOT = Path.of("..");

    private static final Pattern CODE = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Links, images, definitions of links, and attributes of HTML. */
    private static final Pattern LINK =
            Pattern.compile("]\\(([^)\\s]+)\\)|^\\[[^]]+]: (\\S+)$|(?:src|srcset)=\"([^\"]+)\"", Pattern.MULTILINE);

    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> relativeLinksLeadToAFileAndAHeading() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : relativeLinks(Files.readString(page))) {
                tests.add(DynamicTest.dynamicTest(ROOT.relativize(page) + " " + link, () -> check(page, link)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(100);
        return tests.stream();
    }

    @Test
    void theIndexListsEachPageOnce() throws IOException {
        List<String> listed = relativeLinks(Files.readString(ROOT.resolve("docs/README.md"))).stream()
                .filter(link -> link.endsWith(".md") && !link.contains("/"))
                .toList();

        try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
            List<String> existing = documents
                    .map(document -> document.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .toList();
            assertThat(listed).containsExactlyInAnyOrderElementsOf(existing);
        }
    }

    @Test
    void headingsHaveTheAnchorsOfGitHub() {
        assertThat(anchors("""
                # A page
                ## `@Broadcast`, in 2 words: *yes*
                ## See [the other](page.md#there)
                ## Log
                ### Log
                ```
                # no heading
                ```
                """))
                .containsExactlyInAnyOrder("a-page", "broadcast-in-2-words-yes", "see-the-other", "log", "log-1");
    }

    private static void check(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();

        assertThat(target).exists();
        if (hash >= 0) {
            assertThat(anchors(Files.readString(target))).contains(link.substring(hash + 1));
        }
    }

    private static List<String> relativeLinks(String page) {
        return LINK.matcher(CODE.matcher(page).replaceAll(""))
                .results()
                .map(link ->
                        link.group(1) != null ? link.group(1) : link.group(2) != null ? link.group(2) : link.group(3))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static Set<String> anchors(String page) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> repeated = new HashMap<>();
        HEADING.matcher(CODE.matcher(page).replaceAll("")).results().forEach(heading -> {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^]]+)]\\([^)]+\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = repeated.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(ROOT, ROOT.resolve("docs")));
        try (Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
            samples.filter(Files::isDirectory).forEach(folders::add);
        }
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }
}
