package com.lattestream.testsupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Sends mutated inputs to a parser. The mutations are random: bytes that are changed, inserted, removed or repeated, and
 * pieces of other inputs. A failure names the seed, with which the same inputs are generated again:
 * {@code -Dfuzz.seed=...}.
 */
public final class Fuzzer {

    /** A parser. */
    @FunctionalInterface
    public interface Target {

        /**
         * Parses an input.
         * @throws Exception if the parser fails in a way that it does not document
         */
        void accept(byte[] input) throws Exception;
    }

    private static final int MAX_LENGTH = 4096;

    private static final List<byte[]> TOKENS = tokens(
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\\"",
            "{",
            "}",
            "[",
            "]",
            "{}",
            "[]",
            "[[[[[[[[",
            ",",
            ":",
            "null",
            "true",
            "-0",
            "0.1",
            "1e999",
            "-1e-999",
            "2147483648",
            "-9223372036854775809",
            "99999999999999999999999999999999999999",
            "\"\"",
            "\"channel\":",
            "\"data\":",
            "\"event\":",
            "\"name\":",
            "\"time_ms\":",
            "\u0000",
            "\u2028",
            "\u00e4",
            "\ud83d\ude00",
            "\ufeff",
            "%",
            "%zz",
            "%00",
            "&",
            "=",
            "+",
            "private-",
            "presence-",
            "client-",
            "lattestream:",
            " ",
            "\r\n");

    private final List<byte[]> corpus;

    private static final int DEFAULT_INPUTS = 20_000;

    private final int inputs = Integer.getInteger("fuzz.inputs", DEFAULT_INPUTS);

    // an ordinary build is repeatable; the profile with more inputs generates others each time
    private final long seed = Long.getLong("fuzz.seed", inputs > DEFAULT_INPUTS ? System.nanoTime() : DEFAULT_INPUTS);

    private final Random random = new Random(seed);

    private Fuzzer(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    /** Creates a fuzzer that mutates valid inputs. */
    public static Fuzzer of(String... valid) {
        return new Fuzzer(tokens(valid));
    }

    private static List<byte[]> tokens(String... texts) {
        List<byte[]> bytes = new ArrayList<>();
        for (String text : texts) {
            bytes.add(text.getBytes(UTF_8));
        }
        return List.copyOf(bytes);
    }

    /**
     * Sends all inputs to a parser: 20,000, or as many as the system property {@code fuzz.inputs} says.
     * @throws AssertionError if the parser fails
     */
    public void run(Target target) {
        for (int i = 0; i < inputs; i++) {
            byte[] input = next();
            try {
                target.accept(input);
            } catch (Exception | Error failure) {
                throw new AssertionError(
                        "Input " + i + " of the seed " + seed + ": " + new String(input, ISO_8859_1), failure);
            }
        }
    }

    private byte[] next() {
        byte[] input = any(corpus);
        for (int mutations = random.nextInt(6); mutations > 0; mutations--) {
            input = mutate(input);
        }
        return input;
    }

    private byte[] mutate(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(16));
        return switch (random.nextInt(7)) {
            case 0 -> replace(input, from, Math.min(input.length, from + 1), new byte[] {(byte) random.nextInt(256)});
            case 1 -> replace(input, from, from, any(TOKENS));
            case 2 -> replace(input, from, to, any(TOKENS));
            case 3 -> replace(input, from, to, new byte[0]);
            case 4 -> replace(input, from, input.length, new byte[0]);
            case 5 -> replace(input, from, from, repeated(slice(input, from, to), 1 + random.nextInt(100)));
            default -> replace(input, from, to, piece(any(corpus)));
        };
    }

    private byte[] piece(byte[] other) {
        int from = random.nextInt(other.length);
        return slice(other, from, from + 1 + random.nextInt(other.length - from));
    }

    private byte[] any(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] replacement) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, from);
        all.writeBytes(replacement);
        all.write(bytes, to, bytes.length - to);
        byte[] result = all.toByteArray();
        return result.length <= MAX_LENGTH ? result : slice(result, 0, MAX_LENGTH);
    }
}
