package com.lattestream.samples.benchmark.contestant;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The events that all contestants send: a hundred channels, and data of 100 bytes as JSON. All values are created in
 * advance, so that only sending is measured.
 */
public final class Workload {

    public static final String SECRET = "lsk_benchmark_0123456789abcdef0123456789abcdef";

    public static final String EVENT = "message";

    public static final int PAYLOAD_BYTES = 100;

    public static final int CONNECTIONS = 20;

    public static final int BATCH_SIZE = 50;

    private static final int CHANNELS = 100;

    private static final int PAYLOADS = 1000;

    private static final List<String> channels =
            IntStream.range(0, CHANNELS).mapToObj(i -> "room-%03d".formatted(i)).toList();

    // {"id":1000,"text":"..."}
    private static final List<Map<String, Object>> payloads = IntStream.range(PAYLOADS, 2 * PAYLOADS)
            .mapToObj(id -> Map.<String, Object>of("id", id, "text", "x".repeat(PAYLOAD_BYTES - 21)))
            .toList();

    private Workload() {}

    public static String channel(int number) {
        return channels.get(Math.floorMod(number, CHANNELS));
    }

    public static Map<String, Object> payload(int number) {
        return payloads.get(Math.floorMod(number, PAYLOADS));
    }

    /** Returns the body of a request with one event, as the client writes it. */
    public static byte[] event(int number) {
        return bytes(event(number, "event"));
    }

    /** Returns the body of a request with {@value #BATCH_SIZE} events, as the client writes it. */
    public static byte[] batch(int number) {
        StringBuilder body = new StringBuilder("{\"batch\":[");
        for (int i = 0; i < BATCH_SIZE; i++) {
            body.append(i == 0 ? "" : ",").append(event(number + i, "name"));
        }
        return bytes(body.append("]}").toString());
    }

    private static String event(int number, String nameField) {
        Map<String, Object> payload = payload(number);
        return "{\"channel\":\"%s\",\"%s\":\"%s\",\"data\":\"{\\\"id\\\":%s,\\\"text\\\":\\\"%s\\\"}\"}"
                .formatted(channel(number), nameField, EVENT, payload.get("id"), payload.get("text"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
