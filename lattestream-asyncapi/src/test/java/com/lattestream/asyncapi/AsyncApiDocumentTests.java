package com.lattestream.asyncapi;

import com.lattestream.asyncapi.application.Application;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of an application with broadcasts, authorizers and declared events. */
class AsyncApiDocumentTests {

    private static ConfigurableApplicationContext run(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties("server.port=0", "lattestream.mode=none", "spring.application.name=shop")
                .properties(properties)
                .run();
    }

    private static JsonNode document(String... properties) {
        try (ConfigurableApplicationContext context = run(properties)) {
            return JsonMapper.shared().readTree(AsyncApiDocument.of(context).toJson());
        }
    }

    @Test
    void debug() {
        System.out.println(document().toPrettyString());
    }
}
