package com.lattestream.spring.boot.autoconfigure.aotreactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.spring.internal.webhook.WebhookUrlPath;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;

/** Sends requests to the application over HTTP, as Alice or without a login. */
final class Browser {

    private static final String LOGIN = "Basic " + HttpHeaders.encodeBasicAuth("alice", "secret", UTF_8);

    private final HttpClient http = HttpClient.newHttpClient();

    private final ApplicationContext context;

    private final @Nullable EmbeddedLatteStreamServer engine;

    Browser(ApplicationContext context, @Nullable EmbeddedLatteStreamServer engine) {
        this.context = context;
        this.engine = engine;
    }

    /** Returns the statuses for the user's own order, for another one, and without a login. */
    String authorizeWithJson() throws IOException, InterruptedException {
        return authorize("application/json", "{\"socket_id\":\"1.2\",\"channel_name\":\"private-order-%d\"}");
    }

    /** Returns the statuses for the user's own order, for another one, and without a login. */
    String authorizeWithForm() throws IOException, InterruptedException {
        return authorize("application/x-www-form-urlencoded", "socket_id=1.2&channel_name=private-order-%d");
    }

    private String authorize(String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> own = post("/auth", type, body.formatted(5), "Authorization", LOGIN);
        if (own.statusCode() == 200 && !own.body().startsWith("{\"auth\":\"")) {
            throw new AssertionError(own.body());
        }
        return own.statusCode() + "/"
                + post("/auth", type, body.formatted(6), "Authorization", LOGIN).statusCode() + "/"
                + post("/auth", type, body.formatted(5)).statusCode();
    }

    /** Returns the response to an order that is broadcast. */
    String ship() throws IOException, InterruptedException {
        return post("/orders", "application/json", "{\"orderId\":7}", "Authorization", LOGIN)
                .body();
    }

    /** Sends a forged webhook and a true one, which comes from the engine if there is one, and returns the responses. */
    String webhook() throws IOException, InterruptedException {
        String path = context.getBean(WebhookUrlPath.class).value();
        byte[] body = ("{\"time_ms\":" + System.currentTimeMillis()
                        + ",\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"orders\"}]}")
                .getBytes(UTF_8);
        String forged = "forged "
                + post(path, "application/json", new String(body, UTF_8), "X-LatteStream-Signature", "0".repeat(64))
                        .statusCode();
        if (engine == null) {
            String secret = environment().getRequiredProperty("lattestream.secret");
            return forged + ", signed "
                    + post(
                                    path,
                                    "application/json",
                                    new String(body, UTF_8),
                                    "X-LatteStream-Signature",
                                    new WebhookSigner(secret).sign(body))
                            .statusCode();
        }
        try (TestSubscriber subscriber = TestSubscriber.connect(engine)) {
            subscriber.subscribe("orders");
            int receivers = path.equals("/webhooks/lattestream") ? 1 : 2;
            await().until(() ->
                    context.getBean(ReactiveAotApplication.Received.class).texts.size() == receivers);
            return forged + ", from the engine";
        }
    }

    private Environment environment() {
        return context.getEnvironment();
    }

    private HttpResponse<String> post(String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + environment().getProperty("local.server.port") + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
