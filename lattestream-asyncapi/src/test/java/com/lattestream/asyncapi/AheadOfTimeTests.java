package com.lattestream.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.asyncapi.application.Application;
import com.lattestream.testsupport.ProcessedApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** An application that was processed ahead of time, and runs on a JVM. */
class AheadOfTimeTests {

    private static final String[] ARGUMENTS = {
        "--server.port=0",
        "--lattestream.mode=none",
        "--lattestream.secret=lsk_c2VjcmV0",
        "--management.endpoints.web.exposure.include=asyncapi",
        "--management.endpoint.asyncapi.access=read-only"
    };

    @Test
    void theEndpointReturnsTheSameDocument(@TempDir Path directory) throws Exception {
        String response;
        try (ProcessedApplication processed = ProcessedApplication.process(Application.class, directory, ARGUMENTS)) {
            response = processed.call(Application.class, "document", ARGUMENTS);
        }

        assertThat(response).startsWith("200 {");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(ARGUMENTS)) {
            assertThat(JsonMapper.shared().readTree(response.substring("200 ".length())))
                    .isEqualTo(JsonMapper.shared()
                            .readTree(AsyncApiDocument.of(context).toJson()));
        }
    }
}
