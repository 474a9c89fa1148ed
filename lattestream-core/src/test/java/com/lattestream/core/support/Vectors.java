package com.lattestream.core.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol's test vectors. {@code left-out.json} lists those that have no meaning in Java, each with the reason;
 * all others are replayed.
 */
public final class Vectors {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private Vectors() {}

    /** Creates a test of every vector of a list that is not left out. */
    public static Stream<DynamicTest> replay(String file, String list, Consumer<JsonNode> test) {
        Map<Integer, String> leftOut = leftOut(file, list);
        List<DynamicTest> tests = new ArrayList<>();
        int index = 0;
        for (JsonNode vector : load(file).path(list)) {
            if (!leftOut.containsKey(index)) {
                tests.add(DynamicTest.dynamicTest(
                        file + "#" + list + "[" + index + "] " + title(vector), () -> test.accept(vector)));
            }
            index++;
        }
        return tests.stream();
    }

    public static JsonNode load(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file + ".json")) {
            return JSON.readTree(in);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public static Map<Integer, String> leftOut(String file, String list) {
        Map<Integer, String> reasons = new HashMap<>();
        for (JsonNode entry : load("left-out")) {
            if (entry.path("file").asString().equals(file)
                    && entry.path("list").asString().equals(list)) {
                reasons.put(entry.path("index").asInt(), entry.path("reason").asString());
            }
        }
        return reasons;
    }

    /** Reads a text, written out or as a repetition; null for JSON null and JavaScript's undefined. */
    public static String text(JsonNode node) {
        if (node.isNull() || node.isMissingNode() || isJs(node, "undefined")) {
            return null;
        }
        JsonNode repeat = node.path("repeat");
        if (repeat.isObject()) {
            return repeat.path("prefix").stringValue()
                    + repeat.path("unit")
                            .stringValue()
                            .repeat(repeat.path("count").asInt())
                    + repeat.path("suffix").stringValue();
        }
        return node.stringValue();
    }

    public static boolean isJs(JsonNode node, String value) {
        return node.isObject() && node.path("js").asString("").equals(value);
    }

    private static String title(JsonNode vector) {
        String label = vector.path("label").asString(vector.path("call").asString(""));
        if (label.isEmpty()) {
            label = vector.path("input_kind").asString("") + " " + vector.path("value");
        }
        return label.length() > 80 ? label.substring(0, 80) : label;
    }
}
