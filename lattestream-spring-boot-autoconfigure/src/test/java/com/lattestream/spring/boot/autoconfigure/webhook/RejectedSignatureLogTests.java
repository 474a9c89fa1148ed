package com.lattestream.spring.boot.autoconfigure.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The log lines for webhooks whose signature is missing or wrong. */
@ExtendWith(OutputCaptureExtension.class)
class RejectedSignatureLogTests {

    private static final String SECRET = "lsk_test_of_rejected_signatures";

    private static final String BODY = "{\"time_ms\":1,\"events\":[],\"text\":\"body-of-the-attacker\"}";

    // distinguishes the lines from those of other applications in this JVM
    private static final String PATH = "/hooks-with-rejected-signatures";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aFloodOfWebhooksWithAWrongSignatureIsOneLineAndThenTheirNumber(CapturedOutput output) throws Exception {
        String signature = new WebhookSigner("lsk_another_secret").sign(BODY.getBytes(UTF_8));
        try (ConfigurableApplicationContext application = start()) {
            for (int i = 0; i < 50; i++) {
                post(application, PATH, "X-LatteStream-Signature", signature);
            }
            post(application, PATH, "X-LatteStream-Signature", "text-of-the-attacker");

            assertThat(lines(output, "webhook_signature_invalid"))
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    "WARN",
                                    "Rejected a webhook at " + PATH + ", status 401",
                                    "another secret",
                                    "lattestream.webhook.secrets",
                                    "a proxy or filter changes the body"));
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(output)
                            .contains("[webhook_signature_invalid] Further webhooks within 10 s: 50"));
            assertThat(lines(output, "webhook_signature_invalid")).hasSize(1);
        }
        assertThat(lines(output, "webhook_signature_missing")).isEmpty();
        assertThat(output).doesNotContain(SECRET, "lsk_another_secret", signature, "attacker");
    }

    @Test
    void aMissingSignatureAndAWrongOneAreLoggedDifferently(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            post(application, PATH + "?text-of-the-attacker", "X-Another", "header-of-the-attacker");
            post(application, PATH, "X-LatteStream-Signature", "");

            assertThat(lines(output, "webhook_signature_missing"))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("WARN", PATH, "X-LatteStream-Signature", "proxy"));
        }
        assertThat(lines(output, "webhook_signature_invalid")).isEmpty();
        assertThat(output).doesNotContain("attacker");
    }

    private static List<String> lines(CapturedOutput output, String event) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("[" + event + "]") && line.contains(PATH))
                .toList();
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run("--server.port=0", "--lattestream.secret=" + SECRET, "--lattestream.webhook.path=" + PATH);
    }

    private static void post(ConfigurableApplicationContext application, String path, String header, String value)
            throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        HttpResponse<Void> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header(header, value)
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
