package com.lattestream.spring.boot.autoconfigure.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.AutoConfigureLatteStream;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.LatteStreamAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** A test slice with LatteStream's auto-configuration. */
@WebMvcTest
@AutoConfigureMockMvc(addFilters = false)
@AutoConfigureLatteStream
@EmbeddedLatteStream
class AutoConfigureLatteStreamTests {

    @Autowired
    MockMvcTester http;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @Test
    void theSliceHasTheStarter(@Autowired LatteStreamTemplate latteStream) {
        assertThat(http.post().uri("/orders")).hasStatusOk();

        LatteStreamAssertions.assertThat(engine)
                .eventually()
                .hasTriggered("orders", "placed")
                .hasTriggered("orders", "shipped");
    }

    @Test
    void everyAutoConfigurationIsImported() throws IOException {
        assertThat(imports(AutoConfigureLatteStream.class)).isEqualTo(imports(AutoConfiguration.class));
    }

    private static String imports(Class<?> annotation) throws IOException {
        String resource = "/META-INF/spring/" + annotation.getName() + ".imports";
        var all = AutoConfigureLatteStreamTests.class
                .getClassLoader()
                .getResources(resource.substring(1))
                .asIterator();
        while (all.hasNext()) {
            try (InputStream in = all.next().openStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (text.contains("com.lattestream.")) {
                    return text;
                }
            }
        }
        throw new AssertionError("No " + resource);
    }
}
