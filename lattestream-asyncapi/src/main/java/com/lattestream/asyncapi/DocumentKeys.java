package com.lattestream.asyncapi;

import java.util.HashMap;
import java.util.Map;

/** Keys of a map in the document: names without the characters that AsyncAPI does not allow in keys. Not thread-safe. */
final class DocumentKeys {

    private final Map<String, String> keys = new HashMap<>();

    /** Returns the key of a name, which differs from the keys of other names. */
    String of(String name) {
        String known = keys.get(name);
        if (known != null) {
            return known;
        }
        String legal = name.replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9_.-]+", "-");
        String key = legal;
        for (int i = 2; key.isEmpty() || keys.containsValue(key); i++) {
            key = legal + "-" + i;
        }
        keys.put(name, key);
        return key;
    }
}
