package com.lattestream.test.internal.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The static files of the console. Only the listed files can be requested. Immutable. */
final class Assets {

    /**
     * A static file.
     *
     * @param contentType the media type
     * @param bytes the content
     */
    record Asset(String contentType, byte[] bytes) {}

    private static final String FOLDER = "/META-INF/lattestream-console/";

    private static final String PAGE = "console.html";

    private static final List<String> FILES = List.of(
            PAGE,
            "console.css",
            "icon.svg",
            "console.js",
            "detail.js",
            "dom.js",
            "feed.js",
            "json.js",
            "list.js",
            "connections.js",
            "rows.js",
            "stream.js",
            "trigger.js");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Asset> assets = new HashMap<>();

    Assets() {
        for (String file : FILES) {
            String type = CONTENT_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
            assets.put(file, new Asset(Objects.requireNonNull(type), read(file)));
        }
    }

    /**
     * Returns the file with the given name; null if there is none.
     * @param name the name; empty for the page itself
     */
    @Nullable Asset find(String name) {
        return assets.get(name.isEmpty() ? PAGE : name);
    }

    private static byte[] read(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
