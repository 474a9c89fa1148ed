package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The packaged jar contains HttpClient in a package of its own, so that applications do not detect it. */
class RelocatedHttpClientIT {

    private static final String SHADED = "com/lattestream/core/internal/shaded/hc/";

    private static String text(JarFile jar, String entry) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void applicationsDoNotSeeHttpClient() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("core.jar"))) {
            List<String> entries = jar.stream().map(entry -> entry.getName()).toList();

            assertThat(entries)
                    .allMatch(entry -> entry.startsWith("com/") || entry.startsWith("META-INF/"))
                    .contains(
                            SHADED + "client5/http/impl/async/HttpAsyncClients.class",
                            SHADED + "core5/pool/PoolStats.class",
                            SHADED + "client5/version.properties")
                    .noneMatch(entry -> entry.startsWith("META-INF/services/"));
            for (String entry : entries) {
                if (entry.endsWith(".class")) {
                    assertThat(text(jar, entry)).as(entry).doesNotContain("org/apache/hc", "org.apache.hc");
                }
            }
        }
        assertThat(System.getProperty("core.runtime-classpath")).doesNotContain("httpclient", "httpcore");
    }

    @Test
    void theJarListsTheComponentsThatItContains() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("core.jar"))) {
            assertThat(text(jar, "META-INF/NOTICE")).contains("Apache HttpClient", "Public Suffix List");
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            assertThat(text(jar, "META-INF/sbom/lattestream-core.cdx.json"))
                    .contains(
                            "pkg:maven/org.apache.httpcomponents.client5/httpclient5@",
                            "pkg:maven/org.apache.httpcomponents.core5/httpcore5@",
                            "pkg:maven/org.apache.httpcomponents.core5/httpcore5-h2@");
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("com.lattestream.core");
        }
    }
}
