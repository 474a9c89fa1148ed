package com.lattestream.spring.boot.autoconfigure.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the endpoint hands out gets a browser onto a private channel of the local engine. */
class PrivateSubscriptionTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"remote", "local"})
    void theBrowserGetsWhatIsTriggeredThere(String mode) throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(
                        ChannelAuthorizationTests.Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run("--server.port=0", "--lattestream.engine.enabled=true", "--lattestream.auth.mode=" + mode)) {
            EmbeddedLatteStreamServer engine = application.getBean(EmbeddedLatteStreamServer.class);
            Frames frames = new Frames();
            WebSocket socket = HTTP.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://" + engine.endpoint() + "?discovery_token=" + discover(engine)), frames)
                    .join();
            socket.sendText(JSON.writeValueAsString(Map.of("api_key", engine.publicKey())), true)
                    .join();
            String socketId = frames.next().path("data").path("socket_id").stringValue();

            String auth = authorize(application, socketId);
            socket.sendText(
                            JSON.writeValueAsString(Map.of(
                                    "event",
                                    "lattestream:subscribe",
                                    "data",
                                    Map.of("channel", "private-user-alice", "auth", auth))),
                            true)
                    .join();
            assertThat(frames.next().path("event").stringValue())
                    .isEqualTo("lattestream_internal:subscription_succeeded");
            application
                    .getBean(LatteStreamTemplate.class)
                    .trigger("private-user-alice", "message", "hello")
                    .join();

            assertThat(frames.next().path("event").stringValue()).isEqualTo("message");
            socket.abort();
        }
    }

    private static String discover(EmbeddedLatteStreamServer engine) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + engine.endpoint() + "/discover?api_key=" + engine.publicKey()))
                .build();
        String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer).path("discovery_token").stringValue();
    }

    private static String authorize(ConfigurableApplicationContext application, String socketId) throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/auth"))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("alice:password".getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("socket_id", socketId, "channel_name", "private-user-alice"))))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("auth").stringValue();
    }

    private static final class Frames implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            received.add(text.toString());
            socket.request(1);
            return null;
        }

        private JsonNode next() throws InterruptedException {
            String frame = received.poll(10, TimeUnit.SECONDS);
            assertThat(frame).as("a frame").isNotNull();
            return JSON.readTree(frame);
        }
    }
}
