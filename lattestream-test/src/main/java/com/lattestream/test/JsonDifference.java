package com.lattestream.test;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON semantically: the order of fields is ignored, and {@code 1} equals {@code 1.0}. In a partial
 * comparison, objects may contain additional fields, but arrays must have the expected number of elements.
 */
final class JsonDifference {

    private final boolean inPart;

    private JsonDifference(boolean inPart) {
        this.inPart = inPart;
    }

    /** Returns the first difference; null if the two are equal. */
    static @Nullable String ofWhole(JsonNode expected, JsonNode actual) {
        return new JsonDifference(false).find("", expected, actual);
    }

    /** Returns the first expected element that is missing or different; null if all are present. */
    static @Nullable String ofPart(JsonNode expected, JsonNode actual) {
        return new JsonDifference(true).find("", expected, actual);
    }

    private @Nullable String find(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            return findInObject(path, expected, actual);
        }
        if (expected.isArray() && actual.isArray()) {
            return findInArray(path, expected, actual);
        }
        return isSame(expected, actual) ? null : describe(path, expected, actual);
    }

    private @Nullable String findInObject(String path, JsonNode expected, JsonNode actual) {
        for (String name : expected.propertyNames()) {
            JsonNode there = actual.path(name);
            String difference = there.isMissingNode()
                    ? at(path + "/" + name) + " is missing"
                    : find(path + "/" + name, expected.path(name), there);
            if (difference != null) {
                return difference;
            }
        }
        if (!inPart) {
            for (String name : actual.propertyNames()) {
                if (!expected.has(name)) {
                    return at(path + "/" + name) + " is not expected";
                }
            }
        }
        return null;
    }

    private @Nullable String findInArray(String path, JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            return at(path) + " has " + actual.size() + " elements instead of " + expected.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            String difference = find(path + "/" + i, expected.path(i), actual.path(i));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static boolean isSame(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return number(expected).compareTo(number(actual)) == 0;
        }
        return expected.equals(actual);
    }

    private static BigDecimal number(JsonNode node) {
        return new BigDecimal(node.asString());
    }

    private static String describe(String path, JsonNode expected, JsonNode actual) {
        return at(path) + " is " + EventData.truncated(actual.toString()) + " instead of "
                + EventData.truncated(expected.toString());
    }

    private static String at(String path) {
        return path.isEmpty() ? "the data" : path;
    }
}
