package com.lattestream.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.asyncapi.application.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint {@code /actuator/asyncapi} over HTTP. */
class AsyncApiEndpointTests {

    private static ConfigurableApplicationContext run(WebApplicationType type, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "lattestream.mode=none",
                        "lattestream.secret=lsk_c2VjcmV0",
                        "management.endpoints.web.exposure.include=*")
                .properties(properties)
                .run();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext context)
            throws IOException, InterruptedException {
        int port = context instanceof WebServerApplicationContext web
                ? web.getWebServer().getPort()
                : -1;
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/asyncapi"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void isNotAvailableByDefaultEvenIfAllEndpointsAreExposed() throws Exception {
        try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET)) {
            assertThat(get(context).statusCode()).isEqualTo(404);
            assertThat(context.getBeanNamesForType(AsyncApiEndpoint.class)).isEmpty();
        }
    }

    @Test
    void returnsTheDocumentWithThePropertiesOfTheGuide() throws Exception {
        String page = Files.readString(Path.of("../docs/contracts.md"));
        Matcher block =
                Pattern.compile("```properties\\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        String[] properties = block.group(1).split("\\n");

        try (ConfigurableApplicationContext context = run(WebApplicationType.SERVLET, properties)) {
            assertThat(get(context).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void returnsTheDocument(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = run(type, "management.endpoint.asyncapi.access=read-only")) {
            HttpResponse<String> response = get(context);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("presence-lobby", "invoices", "prices-{symbol}");
            assertThat(JsonMapper.shared().readTree(response.body()))
                    .isEqualTo(JsonMapper.shared()
                            .readTree(AsyncApiDocument.of(context).toJson()));
        }
    }
}
