package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The language rules of CONTRIBUTING, as far as a test can check them: the actors of sentences, and the first words. */
class ProseTests {

    private static final Path ROOT = Path.of("..");

    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

    /** Some sentences need a relative pronoun, such as "users who are logged in". */
    private static final double MAX_PRONOUNS_PER_100_WORDS = 0.25;

    private static final Pattern PRONOUN = Pattern.compile(
            "\\b(who|whoever|whom|what|whatever|nobody|somebody|everybody|anybody|noone|someone|everyone|anyone)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD = Pattern.compile("[A-Za-z']+");

    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    /** Code, comments, and words in italics, which are quoted. */
    private static final Pattern NO_PROSE =
            Pattern.compile("```.*?```|`[^`]*`|<!--.*?-->|(?<![*\\w])\\*[^*\\s][^*]*\\*(?!\\*)", Pattern.DOTALL);

    private static final Set<String> UNUSUAL_FIRST_WORDS = Set.of(
            "Answers", "Asks", "Brings", "Does", "Gets", "Gives", "Has", "Hears", "Knows", "Lets", "Looks", "Makes", "Puts",
            "Says", "Sees", "Takes", "Tells", "Wants");

    static List<Path> pages() throws IOException {
        return files(".md");
    }

    static List<Path> sources() throws IOException {
        return files(".java").stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .toList();
    }

    private static List<Path> files(String extension) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .filter(file -> Stream.of(file.toString().split("/")).noneMatch(SKIPPED::contains))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void documentationNamesTheActors(Path page) throws IOException {
        String prose = NO_PROSE.matcher(Files.readString(page)).replaceAll(" ");

        assertFewPronouns(page, prose);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void headingsStateTheTopic(Path page) throws IOException {
        String text = Pattern.compile("```.*?```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .replaceAll("");

        assertThat(text.lines().filter(line -> line.startsWith("#")))
                .as("headings of %s", page)
                .noneMatch(heading -> PRONOUN.matcher(heading).find());
    }

    @Test
    void javadocNamesTheActors() throws IOException {
        StringBuilder prose = new StringBuilder();
        for (Path source : sources()) {
            javadoc(source).forEach(comment -> prose.append(comment).append('\n'));
        }

        assertFewPronouns(Path.of("Javadoc"), prose.toString());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void javadocBeginsWithAStandardVerb(Path source) throws IOException {
        assertThat(javadoc(source).map(ProseTests::firstWord))
                .as("first words of the Javadoc in %s", source)
                .doesNotContainAnyElementsOf(UNUSUAL_FIRST_WORDS);
    }

    @ParameterizedTest
    @CsvSource({"Who receives an event that nobody awaits?,2", "'The caller waits, whoever it is.',1", "Whatsoever,0"})
    void pronounsAreFound(String sentence, long expected) {
        assertThat(PRONOUN.matcher(sentence).results()).hasSize((int) expected);
    }

    private static void assertFewPronouns(Path place, String prose) {
        List<String> pronouns =
                PRONOUN.matcher(prose).results().map(MatchResult::group).toList();
        long words = WORD.matcher(prose).results().count();
        assertThat(pronouns.size() * 100.0 / words)
                .as("indefinite pronouns per 100 words in %s: %s", place, pronouns)
                .isLessThanOrEqualTo(MAX_PRONOUNS_PER_100_WORDS);
    }

    private static Stream<String> javadoc(Path source) throws IOException {
        return JAVADOC.matcher(Files.readString(source))
                .results()
                .map(comment -> comment.group(1).replaceAll("\\n\\s*\\* ?", " ").strip());
    }

    private static String firstWord(String comment) {
        Matcher word = WORD.matcher(comment);
        return word.find() ? word.group() : "";
    }
}
