package com.lattestream.spring.internal.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamAuthenticationException;
import com.lattestream.core.LatteStreamConnectionException;
import com.lattestream.core.LatteStreamRateLimitException;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.LatteStreamUnavailableException;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.spring.MutatedBodies;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizedEvent;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelRefusedEvent;
import com.lattestream.spring.internal.auth.servlet.AuthenticationCheck;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authorization.AuthorizationDeniedException;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ChannelAuthorizationEndpointTests {

    private record User(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }
    }

    private static final String VALID = "{\"socket_id\":\"123.456\",\"channel_name\":\"private-order-7\"}";

    private static final ChannelSigner SIGNER = new ChannelSigner("lsk_test_secret");

    private final List<Object> events = new ArrayList<>();

    private ApplicationEventPublisher publisher = events::add;

    private final List<AuthorizationOutcomeListener.Outcome> outcomes = new ArrayList<>();

    private AuthorizationSigner signer = AuthorizationSigner.local(() ->
            new OfflineLatteStreamClient("lsk_test_secret", JsonMapper.builder().build()));

    private ChannelAuthorizationManager manager =
            subscription -> CompletableFuture.completedFuture(ChannelDecision.granted());

    private AuthenticationCheck authentication = AuthenticationCheck.ANY_PRINCIPAL;

    private Duration decisionTimeout = Duration.ofSeconds(10);

    private Duration responseTimeout = Duration.ofSeconds(20);

    private ResponseEntity<byte[]> post(String user, String type, byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/auth");
        request.setContentType(type);
        request.setContent(body);
        if (user != null) {
            request.setUserPrincipal(new User(user));
        }
        SubscriptionAuthorizer authorizer = new SubscriptionAuthorizer(
                subscription -> manager.authorize(subscription),
                subscription -> PresenceMember.of(subscription.user().getName()),
                signer,
                publisher,
                outcomes::add,
                decisionTimeout,
                responseTimeout);
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            new ChannelAuthorizationEndpoint(authentication, authorizer).authorize(request, response);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
        HttpHeaders headers = new HttpHeaders();
        response.getHeaderNames().forEach(name -> headers.addAll(name, response.getHeaders(name)));
        return ResponseEntity.status(response.getStatus()).headers(headers).body(response.getContentAsByteArray());
    }

    @Test
    void metricsCountTheOutcomeOfEachRequest() {
        post(VALID);
        manager = subscription -> CompletableFuture.completedFuture(ChannelDecision.refused());
        post(VALID);
        post("{}");
        post(null, "application/json", "{}".getBytes(UTF_8));
        manager = subscription -> CompletableFuture.completedFuture(ChannelDecision.granted());
        signer = (socketId, channel, member) ->
                CompletableFuture.failedFuture(new LatteStreamUnavailableException("not sent"));
        post(VALID);

        assertThat(outcomes)
                .containsExactly(
                        AuthorizationOutcomeListener.Outcome.GRANTED,
                        AuthorizationOutcomeListener.Outcome.REFUSED,
                        AuthorizationOutcomeListener.Outcome.MALFORMED,
                        AuthorizationOutcomeListener.Outcome.ANONYMOUS,
                        AuthorizationOutcomeListener.Outcome.FAILED);
    }

    @Test
    void aFailingListenerOfAnAuditEventDoesNotChangeTheResponse() {
        publisher = event -> {
            throw new IllegalStateException("no audit");
        };

        assertThat(post(VALID).getStatusCode().value()).isEqualTo(200);
        manager = subscription -> CompletableFuture.completedFuture(ChannelDecision.refused());
        assertThat(post(VALID).getStatusCode().value()).isEqualTo(403);

        assertThat(outcomes)
                .containsExactly(
                        AuthorizationOutcomeListener.Outcome.GRANTED, AuthorizationOutcomeListener.Outcome.REFUSED);
    }

    @Test
    void aUserTheApplicationDoesNotRegardAsAuthenticatedIsRefusedBeforeTheBodyIsRead() {
        authentication = (principal, request) -> false;

        assertThat(post("not JSON").getStatusCode().value()).isEqualTo(403);

        assertThat(outcomes).containsExactly(AuthorizationOutcomeListener.Outcome.ANONYMOUS);
    }

    @Test
    void aFailingAuthenticationCheckRefuses(CapturedOutput output) {
        authentication = (principal, request) -> {
            throw new IllegalStateException("no factory");
        };

        assertThat(post(VALID).getStatusCode().value()).isEqualTo(403);

        assertThat(output)
                .contains("WARN")
                .contains("authentication_check_failed")
                .contains("no factory");
    }

    @Test
    void aDenialBySpringSecurityIsAnOrdinaryRefusal(CapturedOutput output) {
        manager = subscription -> CompletableFuture.failedFuture(new AuthorizationDeniedException("not staff"));

        assertThat(post(VALID).getStatusCode().value()).isEqualTo(403);

        assertThat(outcomes).containsExactly(AuthorizationOutcomeListener.Outcome.REFUSED);
        assertThat(events).containsExactly(new ChannelRefusedEvent(new User("alice"), "123.456", "private-order-7"));
        assertThat(output).doesNotContain("channel_decision_failed").doesNotContain("not staff");
    }

    @Test
    void theNameOfAUserCannotForgeALineOfTheLog(CapturedOutput output) {
        manager = subscription -> CompletableFuture.failedFuture(new IllegalStateException("broken"));

        post("mallory\n2026-01-01 ERROR forged", "application/json", VALID.getBytes(UTF_8));

        assertThat(output)
                .contains("'mallory\\u000a2026-01-01 ERROR forged'")
                .doesNotContain("\n2026-01-01 ERROR forged");
        assertThat(events.toString()).contains("\\u000a").doesNotContain("\n");
    }

    private ResponseEntity<byte[]> post(String body) {
        return post("alice", "application/json", body.getBytes(UTF_8));
    }

    private static String text(ResponseEntity<byte[]> response) {
        return new String(response.getBody(), UTF_8);
    }

    @Test
    void theResponseHasTheFormatOfTheBrowserClient() {
        ResponseEntity<byte[]> response = post(VALID);

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getContentType()).hasToString("application/json");
        assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-store");
        assertThat(response.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeaders().getContentLength()).isEqualTo(response.getBody().length);
        assertThat(text(response))
                .isEqualTo("{\"auth\":\""
                        + SIGNER.authorizeChannel("123.456", "private-order-7").auth() + "\"}");
        assertThat(events)
                .containsExactly(new ChannelAuthorizedEvent(new User("alice"), "123.456", "private-order-7", null));
    }

    @Test
    void aUserIdInTheRequestIsIgnored() {
        ResponseEntity<byte[]> response = post("{\"socket_id\":\"1.1\",\"channel_name\":\"presence-lobby\","
                + "\"channel_data\":\"{\\\"user_id\\\":\\\"bob\\\"}\",\"user_id\":\"bob\"}");

        assertThat(text(response)).contains("\"channel_data\":\"{\\\"user_id\\\":\\\"alice\\\"}\"");
        assertThat(text(response)).doesNotContain("bob");
        assertThat(events)
                .containsExactly(new ChannelAuthorizedEvent(new User("alice"), "1.1", "presence-lobby", "alice"));
    }

    @Test
    void theDecisionMaySetTheMember() {
        manager = subscription -> CompletableFuture.completedFuture(
                ChannelDecision.grantedAs(PresenceMember.of("7", Map.of("name", "Alice"))));

        assertThat(text(post("{\"socket_id\":\"1.1\",\"channel_name\":\"presence-lobby\"}")))
                .contains("\\\"user_id\\\":\\\"7\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Alice\\\"}");
    }

    @Test
    void aRequestWithoutALoginIsRefused() {
        ResponseEntity<byte[]> response = post(null, "application/json", VALID.getBytes(UTF_8));

        assertThat(response.getStatusCode().value()).isEqualTo(403);
        assertThat(events).isEmpty();
    }

    @Test
    void aRefusalIsReturnedAndPublished() {
        manager = subscription -> CompletableFuture.completedFuture(ChannelDecision.refused());

        ResponseEntity<byte[]> response = post(VALID);

        assertThat(response.getStatusCode().value()).isEqualTo(403);
        assertThat(response.getHeaders().getContentType()).hasToString("application/problem+json");
        assertThat(events).containsExactly(new ChannelRefusedEvent(new User("alice"), "123.456", "private-order-7"));
    }

    @Test
    void aDecisionThatFailsIsARefusal() {
        for (ChannelAuthorizationManager broken : List.<ChannelAuthorizationManager>of(
                subscription -> {
                    throw new IllegalStateException("broken");
                },
                subscription -> CompletableFuture.failedFuture(new IllegalStateException("broken")),
                subscription -> CompletableFuture.completedFuture(null),
                subscription -> null)) {
            manager = broken;
            ResponseEntity<byte[]> response = post(VALID);

            assertThat(response.getStatusCode().value()).isEqualTo(403);
            assertThat(text(response)).doesNotContain("broken");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"text\"",
                "{",
                "{\"socket_id\":\"1.1\"}",
                "{\"channel_name\":\"private-a\"}",
                "{\"socket_id\":1.1,\"channel_name\":\"private-a\"}",
                "{\"socket_id\":\"1.1\",\"channel_name\":[\"private-a\"]}",
                "{\"socket_id\":\"1.1\",\"channel_name\":\"private-a b\"}",
                "{\"socket_id\":\"1.1\",\"channel_name\":\"chat\"}",
                "{\"socket_id\":\"1.1:private-b\",\"channel_name\":\"private-a\"}",
                "{\"socket_id\":\"<script>\",\"channel_name\":\"private-a\"}",
                "{\"socket_id\":\"1.1\",\"channel_name\":\"private-a\",\"channel_name\":\"private-b\"}",
                "{\"socket_id\":\"1.1\",\"channel_name\":\"private-a\"} {}"
            })
    void malformedBodiesAreRefusedWithoutBeingRepeated(String body) {
        ResponseEntity<byte[]> response = post(body);

        assertThat(response.getStatusCode().value()).isEqualTo(400);
        assertThat(text(response)).doesNotContain("<script>").doesNotContain("private-a");
        assertThat(events).isEmpty();
    }

    @Test
    void theProblemNamesTheField() {
        assertThat(text(post("{\"socket_id\":\"?\",\"channel_name\":\"private-a\"}")))
                .contains("\"field\":\"socket_id\"");
        assertThat(text(post("{\"socket_id\":\"1.1\",\"channel_name\":\"chat\"}")))
                .contains("\"field\":\"channel_name\"");
    }

    @Test
    void formDataWillDo() {
        String form = "application/x-www-form-urlencoded; charset=UTF-8";

        assertThat(post("alice", form, "socket_id=123.456&channel_name=private-order-7".getBytes(UTF_8))
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        for (String body : List.of("socket_id=1.1", "socket_id=1.1&socket_id=1.2&channel_name=private-a", "%zz=%")) {
            assertThat(post("alice", form, body.getBytes(UTF_8)).getStatusCode().value())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void otherBodiesAndLongOnesAreRefused() {
        assertThat(post("alice", "text/plain", VALID.getBytes(UTF_8))
                        .getStatusCode()
                        .value())
                .isEqualTo(415);
        assertThat(post("alice", null, VALID.getBytes(UTF_8)).getStatusCode().value())
                .isEqualTo(415);
        assertThat(post(VALID + " ".repeat(16 * 1024)).getStatusCode().value()).isEqualTo(413);
    }

    static Stream<Arguments> loggedFailures() {
        return Stream.of(
                Arguments.of(
                        new LatteStreamAuthenticationException("received status 401", 401, ""),
                        "[secret_refused] Subscriptions cannot be authorized, because LatteStream rejects the secret."
                                + " Check 'lattestream.secret': received status 401"),
                Arguments.of(
                        new LatteStreamTimeoutException("no response", true, null),
                        "[authorization_failed] A subscription was not authorized in time"),
                Arguments.of(
                        new LatteStreamUnavailableException("not sent"),
                        "[authorization_failed] A subscription could not be authorized; the browser client can retry:"
                                + " not sent"),
                Arguments.of(
                        new LatteStreamApiException("received status 400", 400, "", null),
                        "[authorization_failed] A subscription could not be authorized; the browser client can retry:"
                                + " received status 400"),
                Arguments.of(
                        new IllegalStateException("a defect"),
                        "[authorization_failed] A subscription could not be authorized"));
    }

    @ParameterizedTest
    @MethodSource("loggedFailures")
    void theReasonOfAFailureIsLogged(RuntimeException failure, String line, CapturedOutput output) {
        signer = (socketId, channel, member) -> CompletableFuture.<ChannelAuthorization>failedFuture(failure);

        post(VALID);

        assertThat(output).contains(line);
    }

    @Test
    void aFailingListenerOfAnAuditEventIsLogged(CapturedOutput output) {
        publisher = event -> {
            throw new IllegalStateException("no audit");
        };

        post(VALID);

        assertThat(output)
                .contains("[channel_audit_failed] A listener of ChannelAuthorizedEvent")
                .contains("the decision is not changed", "no audit");
    }

    @Test
    void theReasonOfAFailedDecisionIsLogged(CapturedOutput output) {
        manager = subscription -> CompletableFuture.failedFuture(new IllegalStateException("broken"));

        post(VALID);

        assertThat(output).contains("[channel_decision_failed] The authorizer failed", "private-order-7", "broken");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new LatteStreamConnectionException("x", false, new IOException()), 503, "5"),
                Arguments.of(new LatteStreamUnavailableException("x"), 503, "5"),
                Arguments.of(new LatteStreamApiException("x", 500, "", null), 503, "5"),
                Arguments.of(new LatteStreamApiException("x", 503, "", Duration.ofSeconds(9)), 503, "9"),
                Arguments.of(new LatteStreamRateLimitException("x", "", Duration.ofSeconds(2)), 503, "2"),
                Arguments.of(new LatteStreamTimeoutException("x", true, null), 504, null),
                Arguments.of(new LatteStreamAuthenticationException("x", 401, ""), 500, null),
                Arguments.of(new LatteStreamApiException("x", 400, "", null), 502, null),
                Arguments.of(new IllegalStateException("lsk_test_secret"), 500, null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theResponseToAFailureOfTheServiceShowsOnlyItsKind(RuntimeException failure, int status, String retryAfter) {
        signer = (socketId, channel, member) -> CompletableFuture.<ChannelAuthorization>failedFuture(failure);

        ResponseEntity<byte[]> response = post(VALID);

        assertThat(response.getStatusCode().value()).isEqualTo(status);
        assertThat(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo(retryAfter);
        assertThat(text(response)).doesNotContain("lsk_").doesNotContain("Exception");
        assertThat(events).isEmpty();
    }

    @Test
    void aDecisionThatIsNotMadeInTimeIsARefusal() {
        decisionTimeout = Duration.ofMillis(20);
        manager = subscription -> new CompletableFuture<>();

        assertThat(post(VALID).getStatusCode().value()).isEqualTo(403);
        assertThat(events).containsExactly(new ChannelRefusedEvent(new User("alice"), "123.456", "private-order-7"));
    }

    @Test
    void aServiceThatDoesNotRespondInTimeIsReportedWithStatus504() {
        responseTimeout = Duration.ofMillis(20);
        signer = (socketId, channel, member) -> new CompletableFuture<>();

        assertThat(post(VALID).getStatusCode().value()).isEqualTo(504);
        assertThat(events).isEmpty();
    }

    /** Random bytes, and valid requests with some changed, grant no access. */
    @Test
    void tenThousandMutatedBodiesGrantNoAccess() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        manager = subscription -> CompletableFuture.completedFuture(
                subscription.channel().equals("private-mine") ? ChannelDecision.granted() : ChannelDecision.refused());
        for (int i = 0; i < 10_000; i++) {
            boolean json = random.nextBoolean();
            byte[] body = MutatedBodies.of(json ? VALID : "socket_id=123.456&channel_name=private-order-7", random);
            ResponseEntity<byte[]> response =
                    post("mallory", json ? "application/json" : "application/x-www-form-urlencoded", body);

            assertThat(response.getStatusCode().value())
                    .as("seed %d, body %s", seed, new String(body, ISO_8859_1))
                    .isBetween(400, 499);
        }
    }
}
