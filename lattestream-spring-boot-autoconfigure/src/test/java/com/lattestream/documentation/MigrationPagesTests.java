package com.lattestream.documentation;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamClientBuilder;
import com.lattestream.core.LatteStreamOperations;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names and the statements of the pages about migrating from other libraries. */
class MigrationPagesTests {

    private static final Path DOCS = Path.of("../docs");

    private static final Pattern CALL = Pattern.compile("`([a-zA-Z]+)\\(");

    @Test
    void everyOptionHasItsPropertyAndBuilderMethod() throws IOException {
        Set<String> properties = properties();
        Set<String> methods = names(LatteStreamClientBuilder.class);
        List<String[]> options = rows("migrating-from-node.md", "option of the SDK");

        assertThat(options).hasSize(14).allSatisfy(cells -> {
            String property = cells[1].replace("`", "");
            assertThat(property.startsWith("logging.") || properties.contains(property))
                    .as(property)
                    .isTrue();
            String method = cells[2].replace("`", "").replace("builder(secret)", "");
            // logging has no method
            if (!method.isBlank() && !property.startsWith("logging.")) {
                assertThat(methods).contains(method);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrating-from-node.md|SDK", "migrating-from-pusher.md|pusher-http-java"})
    void everyCallExists(String table) throws IOException {
        Set<String> methods = names(LatteStreamOperations.class);
        String[] place = table.split("\\|", -1);
        List<String> calls = rows(place[0], place[1]).stream()
                .flatMap(cells -> CALL.matcher(cells[1]).results())
                .map(call -> call.group(1))
                .toList();

        assertThat(calls).hasSizeGreaterThan(9);
        assertThat(methods).containsAll(calls);
    }

    @Test
    void channelsWithThePrefixOfEncryptedOnesAreNotEncrypted() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = client(engine)) {
            client.trigger("private-encrypted-chat", "message", Map.of("text", "Hello"))
                    .join();

            assertThat(engine).hasTriggered("private-encrypted-chat", "message", Map.of("text", "Hello"));
        }
    }

    @Test
    void dataIsWrittenByJackson() {
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                LatteStreamClient client = client(engine)) {
            LatteStreamTemplate template = new LatteStreamTemplate(client);
            template.trigger("orders", "record", new Shipped(7, null)).join();
            template.trigger("orders", "fields", new Fields()).join();

            assertThat(engine)
                    .hasTriggeredJson("orders", "record", "{\"id\": 7, \"carrier\": null}")
                    .hasTriggeredJson("orders", "fields", "{}");
        }
    }

    private static LatteStreamClient client(EmbeddedLatteStreamServer engine) {
        return LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .build();
    }

    /** Returns the cells of the table with a first header, and of the tables with the same one. */
    private static List<String[]> rows(String page, String header) throws IOException {
        boolean[] inTable = {false};
        return Files.readAllLines(DOCS.resolve(page)).stream()
                .filter(line -> {
                    if (line.startsWith("| " + header + " | ")) {
                        inTable[0] = true;
                        return false;
                    }
                    inTable[0] &= line.startsWith("|");
                    return inTable[0] && !line.startsWith("|---");
                })
                .map(line -> line.substring(2).split(" \\| ", -1))
                .filter(cells -> cells[0].startsWith("`"))
                .toList();
    }

    private static Set<String> names(Class<?> type) {
        return Stream.of(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    private static Set<String> properties() throws IOException {
        Set<String> names = new HashSet<>();
        try (InputStream metadata =
                MigrationPagesTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
                names.add(property.path("name").stringValue());
            }
        }
        return names;
    }

    record Shipped(long id, @Nullable String carrier) {}

    static final class Fields {

        @SuppressWarnings("unused")
        private final List<String> hidden = Arrays.asList("a", "b");
    }
}
