package com.lattestream.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A page of the documentation that a reader follows step by step. */
record Guide(String text) {

    /** A paragraph that ends with the name of a file and a colon, and the block of code below it. */
    private static final Pattern FILE =
            Pattern.compile("`([\\w./-]+\\.\\w+)`:\\n\\n```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static Guide named(String page) throws IOException {
        return new Guide(Files.readString(Path.of("../docs").resolve(page)));
    }

    /** Returns the blocks of code in a language, in the order of the page. */
    List<String> blocks(String language) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Returns the content of the files that the page lets the reader create or extend, by their names. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        FILE.matcher(text)
                .results()
                .forEach(file -> assertThat(files.put(file.group(1), file.group(2)))
                        .as("one block for %s", file.group(1))
                        .isNull());
        return files;
    }
}
