package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The controllers of the page, with the local engine as the service. */
class AuthorizationControllerPageTests {

    private static final Path PAGE = Path.of("../docs/authorization-controller.md");

    private static final Principal ALICE = () -> "alice";

    @TempDir
    Path folder;

    private EmbeddedLatteStreamServer engine;

    private LatteStreamClient client;

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
        client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        engine.close();
    }

    @Test
    void browsersSubscribeWithTheResponsesOfTheController() throws Exception {
        Object controller = controller("SubscriptionController", new LatteStreamTemplate(client));

        try (TestSubscriber browser = TestSubscriber.builder(engine)
                .authorizer((socketId, channel) -> authorization(controller, socketId, channel))
                .connect()) {
            browser.subscribe("private-user-alice");
            browser.subscribe("presence-lobby");

            browser.awaitMembers("presence-lobby", "alice");
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> browser.subscribe("private-user-bob"))
                    .withStackTraceContaining("status 403");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, private-user-alice, 200",
        "1.1, private-user-bob, 403",
        "1.1, presence-other, 403",
        "1.1, orders, 400",
        "1.1, , 400",
        "'1.1:private-admin', private-user-alice, 400",
        ", private-user-alice, 400"
    })
    void requestsAreChecked(@Nullable String socketId, @Nullable String channel, int status) throws Exception {
        Object controller = controller("SubscriptionController", new LatteStreamTemplate(client));

        assertThat(post(controller, socketId, channel, ALICE).getStatus()).isEqualTo(status);
    }

    @Test
    void withoutAUserTheSubscriptionIsRefused() throws Exception {
        Object controller = controller("SubscriptionController", new LatteStreamTemplate(client));

        assertThat(post(controller, "1.1", "presence-lobby", null).getStatus()).isEqualTo(403);
    }

    @Test
    void anOutageHasTheStatus503() throws Exception {
        Object controller = controller("SubscriptionController", new LatteStreamTemplate(client));
        engine.faults().failNext().onPath("/auth").withStatus(500);

        assertThat(post(controller, "1.1", "presence-lobby", ALICE).getStatus()).isEqualTo(503);
    }

    @Test
    void theResponseHasTheMemberAsText() throws Exception {
        Object controller = controller("SubscriptionController", new LatteStreamTemplate(client));

        MockHttpServletResponse response = post(controller, "1.1", "presence-lobby", ALICE);

        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(JsonMapper.shared()
                        .readTree(response.getContentAsString())
                        .path("channel_data")
                        .asString())
                .isEqualTo("{\"user_id\":\"alice\",\"user_info\":{\"online\":true}}");
    }

    @ParameterizedTest
    @CsvSource({"presence-lobby, 200", "presence-other, 403", "orders, 400"})
    void theReactiveControllerIsTheSame(String channel, int status) throws Exception {
        Object controller = controller("ReactiveSubscriptionController", new ReactiveLatteStreamTemplate(client));
        WebFilter login = (exchange, chain) ->
                chain.filter(exchange.mutate().principal(Mono.just(ALICE)).build());

        WebTestClient.bindToController(controller)
                .webFilter(login)
                .build()
                .post()
                .uri("/auth")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body("1.1", channel))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    private Object controller(String name, Object template) throws Exception {
        String code = CodeBlocks.of(PAGE, "java").stream()
                .filter(block -> block.contains("class " + name + " {"))
                .findFirst()
                .orElseThrow();
        Constructor<?> constructor =
                new JavaSnippet(code).load(folder, name).getDeclaredConstructor(template.getClass());
        constructor.setAccessible(true);
        return constructor.newInstance(template);
    }

    private static ChannelAuthorization authorization(Object controller, String socketId, String channel) {
        try {
            MockHttpServletResponse response = post(controller, socketId, channel, ALICE);
            if (response.getStatus() != 200) {
                throw new IOException("status " + response.getStatus());
            }
            return JsonMapper.shared().readValue(response.getContentAsString(), ChannelAuthorization.class);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static MockHttpServletResponse post(
            Object controller, @Nullable String socketId, @Nullable String channel, @Nullable Principal user)
            throws Exception {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.post("/auth")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body(socketId, channel));
        if (user != null) {
            request.principal(user);
        }
        return MockMvcBuilders.standaloneSetup(controller)
                .build()
                .perform(request)
                .andReturn()
                .getResponse();
    }

    private static String body(@Nullable String socketId, @Nullable String channel) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("socket_id", socketId)
                .put("channel_name", channel)
                .toString();
    }
}
