package com.lattestream.asyncapi;

import java.util.HashMap;
import java.util.Map;

/** Keys of a map in the document: names without the characters that AsyncAPI does not allow in keys. Not thread-safe. */
final class DocumentKeys {

    private final Map<String, String> keys = new HashMap<>();

    /** Returns the key of a name, which differs from the keys of other names. */
    String of(String name) {
        return of(name, name);
    }

    /** Returns the key of an object that its identity distinguishes from others with the same name. */
    String of(String name, String identity) {
        String known = keys.get(identity);
        if (known != null) {
            return known;
        }
        String legal = name.replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9_.-]+", "-");
        String key = legal;
        for (int i = 2; key.isEmpty() || keys.containsValue(key); i++) {
            key = legal + "-" + i;
        }
        keys.put(identity, key);
        return key;
    }
}
