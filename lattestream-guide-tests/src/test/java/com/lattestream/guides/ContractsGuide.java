package com.lattestream.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files of the page docs/contracts.md. */
final class ContractsGuide {

    static final Path CHAT = Path.of("../samples/chat");

    private ContractsGuide() {}

    static Guide page() throws IOException {
        return Guide.named("contracts.md");
    }

    /** Returns all files: those of the page, the copied client, and the properties of the page that it continues. */
    static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>(page().files());
        files.put(
                "src/main/resources/static/lattestream.js",
                Files.readString(CHAT.resolve("src/main/resources/static/assets/lattestream.js")));
        String properties = "src/main/resources/application.properties";
        files.put(properties, Guide.named("getting-started.md").files().get(properties));
        return files;
    }
}
