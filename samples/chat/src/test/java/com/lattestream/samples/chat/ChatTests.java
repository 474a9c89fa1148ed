package com.lattestream.samples.chat;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.jayway.jsonpath.JsonPath;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** The application as its page uses it: permissions, refusals and broadcasts. */
@SpringBootTest
@AutoConfigureMockMvc
@EmbeddedLatteStream
class ChatTests {

    @Autowired
    MockMvcTester http;

    @Autowired
    LatteStreamClient client;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeEach
    void forget() {
        // events of the previous test may still be in flight
        client.flushBatch().join();
        engine.clearEvents();
    }

    @Test
    void aMessageIsStoredAndBroadcastToOthers() {
        String body = message("Hello");
        MvcTestResult posted = http.post()
                .uri("/api/rooms/1/messages")
                .header("X-Socket-ID", "12.34")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .with(user("Alice"))
                .with(csrf())
                .exchange();

        assertThat(posted).hasStatus(201);
        assertThat(engine)
                .eventually()
                .hasTriggeredContaining("presence-room-1", "message", Map.of("author", "Alice", "text", "Hello"));
        assertThat(engine.events())
                .singleElement()
                .satisfies(event -> assertThat(event.excludedSocketId()).isEqualTo("12.34"));
        assertThat(get("/api/rooms/1/messages", "Bob"))
                .bodyJson()
                .extractingPath("$[-1].text")
                .isEqualTo("Hello");
    }

    @Test
    void aMessageThatIsPostedAgainIsStoredAndBroadcastOnce() {
        String body = message("Once");

        Object first = id(post("/api/rooms/1/messages", "Alice", body));
        Object second = id(post("/api/rooms/1/messages", "Alice", body));

        assertThat(second).isEqualTo(first);
        // the first event of a client opens a connection, which may take longer than the wait for a second event
        assertThat(engine).eventually().hasTriggered("presence-room-1", "message");
        assertThat(engine).within(Duration.ofMillis(300)).hasTriggeredCount("presence-room-1", "message", 1);
    }

    @Test
    void refusedMessagesAreNotBroadcast() {
        assertThat(post("/api/rooms/1/messages", "Alice", message(" "))).hasStatus(400);

        assertThat(engine).within(Duration.ofMillis(300)).hasNotTriggered("presence-room-1");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedInWords() {
        assertThat(post("/api/rooms/1/messages", "Alice", message("x".repeat(1001))))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("The text must have at most 1000 characters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"text\":\"Hello\"}", "{\"text\":\"Hello\",\"nonce\":\"1\"}"})
    void invalidMessagesAreRefused(String body) {
        assertThat(post("/api/rooms/1/messages", "Alice", body))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void historyComesInPagesOldestFirst() {
        Object room = id(post("/api/rooms", "Alice", "{\"name\":\"Diary\"}"));
        String messages = "/api/rooms/" + room + "/messages";
        IntStream.rangeClosed(1, 60).forEach(day -> post(messages, "Alice", message("Day " + day)));

        String newest = body(get(messages, "Alice"));
        assertThat(JsonPath.<Integer>read(newest, "$.length()")).isEqualTo(50);
        assertThat(JsonPath.<String>read(newest, "$[0].text")).isEqualTo("Day 11");
        assertThat(JsonPath.<String>read(newest, "$[49].text")).isEqualTo("Day 60");

        String earlier = body(get(messages + "?before=" + JsonPath.read(newest, "$[0].id"), "Alice"));
        assertThat(JsonPath.<Integer>read(earlier, "$.length()")).isEqualTo(10);
        assertThat(JsonPath.<String>read(earlier, "$[9].text")).isEqualTo("Day 10");
    }

    @Test
    void aPrivateRoomIsForItsMembers() {
        Object room = id(post("/api/rooms", "Alice", "{\"name\":\"Secret\"}"));
        String messages = "/api/rooms/" + room + "/messages";
        String members = "/api/rooms/" + room + "/members";

        assertThat(get(messages, "Bob")).hasStatus(403);
        assertThat(post(messages, "Bob", message("Let me in"))).hasStatus(403);
        assertThat(post(members, "Bob", "{\"name\":\"Bob\"}")).hasStatus(403);
        assertThat(authorize("presence-room-" + room, "Bob")).hasStatus(403);
        assertThat(body(get("/api/rooms", "Bob"))).doesNotContain("Secret");

        assertThat(post(members, "Alice", "{\"name\":\"bob\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.members")
                .asArray()
                .containsExactlyInAnyOrder("Alice", "Bob");
        assertThat(get(messages, "Bob")).hasStatusOk();
        assertThat(authorize("presence-room-" + room, "Bob"))
                .hasStatusOk()
                .bodyText()
                .contains("\\\"user_id\\\":\\\"Bob\\\"");
    }

    @Test
    void anInvitationIsSentToTheGuestAndToTheRoomOnce() {
        Object room = id(post("/api/rooms", "Alice", "{\"name\":\"Dinner\"}"));
        String members = "/api/rooms/" + room + "/members";

        post(members, "Alice", "{\"name\":\"Bob\"}");
        post(members, "Alice", "{\"name\":\"Bob\"}");

        assertThat(engine)
                .eventually()
                .hasTriggeredContaining("private-user-Bob", "invited", Map.of("host", "Alice", "guest", "Bob"))
                .hasTriggered("presence-room-" + room, "invited");
        assertThat(engine).within(Duration.ofMillis(300)).hasTriggeredCount("private-user-Bob", "invited", 1);
    }

    @Test
    void anUnknownUserCannotBeInvited() {
        Object room = id(post("/api/rooms", "Alice", "{\"name\":\"Empty\"}"));

        assertThat(post("/api/rooms/" + room + "/members", "Alice", "{\"name\":\"Godot\"}"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("There is no user Godot.");
    }

    @Test
    void aUserIsInAtMostTwentyRooms() {
        signUp("Collector");
        IntStream.range(1, 20)
                .forEach(number -> assertThat(post("/api/rooms", "Collector", "{\"name\":\"Room\"}"))
                        .hasStatus(201));

        assertThat(post("/api/rooms", "Collector", "{\"name\":\"Room\"}")).hasStatus(409);
    }

    @ParameterizedTest
    @CsvSource({
        "presence-room-1, 200",
        "private-user-Alice, 200",
        "private-user-Bob, 403",
        "presence-room-999, 403",
        "presence-room-x, 403",
        "private-room-1, 403"
    })
    void onlySomeChannelsAreForAlice(String channel, int status) {
        assertThat(authorize(channel, "Alice")).hasStatus(status);
    }

    @Test
    void joiningAndLeavingMembersAreBroadcastToTheRoom() {
        events.publishEvent(new WebhookEvent.MemberAdded("presence-room-1", "Bob"));
        events.publishEvent(new WebhookEvent.MemberRemoved("presence-room-1", "Bob"));

        assertThat(engine)
                .eventually()
                .hasTriggeredContaining("presence-room-1", "visit", Map.of("name", "Bob", "here", true))
                .hasTriggeredContaining("presence-room-1", "visit", Map.of("name", "Bob", "here", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/session", "/api/rooms", "/api/rooms/1/messages"})
    void withoutALoginEveryRequestIsRefused(String path) {
        assertThat(http.get().uri(path)).hasStatus(401);
    }

    @Test
    void withoutALoginThePageIsTheLogin() {
        assertThat(http.get().uri("/").accept(MediaType.TEXT_HTML))
                .hasStatus3xxRedirection()
                .redirectedUrl()
                .endsWith("/login.html");
    }

    @Test
    void withoutACsrfTokenNothingIsChanged() {
        assertThat(http.post()
                        .uri("/api/rooms/1/messages")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(message("Forged"))
                        .with(user("Alice")))
                .hasStatus(403);
        assertThat(body(get("/api/rooms/1/messages", "Alice"))).doesNotContain("Forged");
    }

    @Test
    void aNewUserCanLogInHoweverTheNameIsCapitalized() {
        assertThat(signUp("Grace")).hasStatus(201);
        assertThat(signUp("grace")).hasStatus(409);

        assertThat(logIn("GRACE", "a password")).hasStatus(204);
        assertThat(logIn("Grace", "another password")).hasStatus(401);
    }

    @ParameterizedTest
    @CsvSource({"G, a password", "not a name, a password", "Grace.Hopper, a password", "Hopper, short"})
    void namesAndPasswordsHaveRules(String name, String password) {
        assertThat(postWithoutLogin("/api/accounts", account(name, password)))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void thePageReceivesThePublicKeyButNotTheSecretAndMayConnectNowhereElse() {
        MvcTestResult session = get("/api/session", "Alice");

        assertThat(body(session))
                .contains("\"me\":\"Alice\"", engine.publicKey(), engine.endpoint())
                .doesNotContain("lsk_");
        assertThat(session.getResponse().getHeader("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("connect-src 'self' http://" + engine.endpoint() + " ws://" + engine.endpoint() + ";");
    }

    @Test
    void theEndpointRequiresTheRoleOfAnOperator() {
        assertThat(http.get().uri("/actuator/health")).hasStatusOk().bodyText().doesNotContain("lattestream");
        assertThat(http.get().uri("/actuator/lattestream").with(user("Alice").roles("OPERATOR")))
                .hasStatusOk()
                .bodyText()
                .contains(engine.endpoint());
    }

    private MvcTestResult get(String path, String user) {
        return http.get().uri(path).with(user(user)).exchange();
    }

    private MvcTestResult post(String path, String user, String body) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .with(user(user))
                .with(csrf())
                .exchange();
    }

    private MvcTestResult postWithoutLogin(String path, String body) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .with(csrf())
                .exchange();
    }

    private MvcTestResult authorize(String channel, String user) {
        return post("/auth", user, "{\"socket_id\":\"12.34\",\"channel_name\":\"" + channel + "\"}");
    }

    private MvcTestResult signUp(String name) {
        return postWithoutLogin("/api/accounts", account(name, "a password"));
    }

    private MvcTestResult logIn(String name, String password) {
        return http.post()
                .uri("/login")
                .param("username", name)
                .param("password", password)
                .with(csrf())
                .exchange();
    }

    private static String account(String name, String password) {
        return "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }

    private static String message(String text) {
        return "{\"text\":\"" + text + "\",\"nonce\":\"" + UUID.randomUUID() + "\"}";
    }

    private static Object id(MvcTestResult result) {
        return JsonPath.read(body(result), "$.id");
    }

    private static String body(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
