package com.lattestream.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/** Mutated bodies. */
public final class MutatedBodies {

    private MutatedBodies() {}

    /** Returns a valid body as it is, with some bytes changed, cut off, or nothing like it at all. */
    public static byte[] of(String valid, Random random) {
        byte[] body = valid.getBytes(UTF_8);
        switch (random.nextInt(8)) {
            case 0 -> random.nextBytes(body);
            case 1 -> body = new byte[random.nextInt(100)];
            case 2 -> body = Arrays.copyOf(body, random.nextInt(body.length));
            default -> {
                // only changed below, or not at all
            }
        }
        for (int change = random.nextInt(4); change > 0 && body.length > 0; change--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }
}
