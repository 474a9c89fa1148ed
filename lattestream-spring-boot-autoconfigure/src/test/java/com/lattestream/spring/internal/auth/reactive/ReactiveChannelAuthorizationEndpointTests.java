package com.lattestream.spring.internal.auth.reactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.auth.AuthorizationOutcomeListener.Outcome;
import com.lattestream.spring.internal.auth.SubscriptionAuthorizer;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class ReactiveChannelAuthorizationEndpointTests {

    private static final Duration MOMENT = Duration.ofSeconds(30);

    private static final String JSON = "{\"socket_id\":\"123.456\",\"channel_name\":\"private-a\"}";

    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    private final List<String> threads = new CopyOnWriteArrayList<>();

    private final List<ChannelSubscription> subscriptions = new CopyOnWriteArrayList<>();

    private final AtomicInteger read = new AtomicInteger();

    private ReactiveAuthenticationCheck authentication = ReactiveAuthenticationCheck.ANY_PRINCIPAL;

    private ChannelAuthorizationManager manager =
            subscription -> CompletableFuture.completedFuture(ChannelDecision.granted());

    private @Nullable Principal user = () -> "alice";

    private MockServerWebExchange exchange(@Nullable String type, String body) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/auth");
        if (type != null) {
            request.header("Content-Type", type);
        }
        MockServerWebExchange.Builder exchange = MockServerWebExchange.builder(
                request.body(Flux.<DataBuffer>just(DefaultDataBufferFactory.sharedInstance.wrap(body.getBytes(UTF_8)))
                        .doOnSubscribe(subscription -> read.incrementAndGet())));
        return user == null ? exchange.build() : exchange.principal(user).build();
    }

    private ResponseEntity<byte[]> authorize(ServerWebExchange exchange) {
        SubscriptionAuthorizer authorizer = new SubscriptionAuthorizer(
                subscription -> {
                    subscriptions.add(subscription);
                    threads.add(Thread.currentThread().getName());
                    return manager.authorize(subscription);
                },
                subscription -> PresenceMember.of(subscription.user().getName()),
                (socketId, channel, member) -> {
                    threads.add(Thread.currentThread().getName());
                    return CompletableFuture.completedFuture(new ChannelAuthorization("signed", null));
                },
                event -> {},
                outcomes::add);
        return new ReactiveChannelAuthorizationEndpoint(authentication, authorizer)
                .authorize(exchange)
                .block(MOMENT);
    }

    private int status(ServerWebExchange exchange) {
        return authorize(exchange).getStatusCode().value();
    }

    @Test
    void aSubscriptionThatIsGrantedIsSigned() {
        MockServerWebExchange exchange = exchange("application/json", JSON);

        ResponseEntity<byte[]> response = authorize(exchange);

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(new String(response.getBody(), UTF_8)).isEqualTo("{\"auth\":\"signed\"}");
        assertThat(outcomes).containsExactly(Outcome.GRANTED);
        ChannelSubscription subscription = subscriptions.get(0);
        assertThat(subscription.user()).isSameAs(user);
        assertThat(subscription.socketId()).isEqualTo("123.456");
        assertThat(subscription.channel()).isEqualTo("private-a");
        assertThat(subscription.request(ServerWebExchange.class)).isSameAs(exchange);
    }

    @Test
    void authorizersAndTheStepsAfterAnAsynchronousDecisionRunOnThreadsThatMayBlock() {
        CompletableFuture<ChannelDecision> later = new CompletableFuture<>();
        manager = subscription -> {
            later.completeAsync(ChannelDecision::granted, task -> new Thread(task, "event loop").start());
            return later.thenApply(decision -> decision);
        };

        assertThat(status(exchange("application/json", JSON))).isEqualTo(200);

        assertThat(threads).hasSize(2).allMatch(thread -> thread.startsWith("boundedElastic-"));
    }

    @Test
    void withoutAUserTheBodyIsNotRead() {
        user = null;

        assertThat(status(exchange("application/json", JSON))).isEqualTo(403);

        assertThat(outcomes).containsExactly(Outcome.ANONYMOUS);
        assertThat(read).hasValue(0);
    }

    @Test
    void aUserWhoIsNotAuthenticatedIsRefusedBeforeTheBodyIsRead() {
        authentication = (principal, exchange) -> Mono.just(false);

        assertThat(status(exchange("application/json", JSON))).isEqualTo(403);

        assertThat(outcomes).containsExactly(Outcome.ANONYMOUS);
        assertThat(read).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthenticationCheckThatFailsRefuses(boolean thrown, CapturedOutput output) {
        authentication = (principal, exchange) -> {
            IllegalStateException failure = new IllegalStateException("no check");
            if (thrown) {
                throw failure;
            }
            return Mono.error(failure);
        };

        assertThat(status(exchange("application/json", JSON))).isEqualTo(403);

        assertThat(outcomes).containsExactly(Outcome.ANONYMOUS);
        assertThat(output).contains("[authentication_check_failed] Whether a user", "no check");
    }

    @Test
    void springSecurityDecidesWhetherAUserIsAuthenticated() {
        authentication = new SpringSecurityReactiveAuthenticationCheck();
        user = new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_A"));
        assertThat(status(exchange("application/json", JSON))).isEqualTo(403);
        user = new TestingAuthenticationToken("alice", "password");
        assertThat(status(exchange("application/json", JSON))).isEqualTo(403);

        user = new TestingAuthenticationToken("alice", "password", "ROLE_USER");
        assertThat(status(exchange("application/json", JSON))).isEqualTo(200);
        // of a server that authenticates users itself
        user = () -> "alice";
        assertThat(status(exchange("application/json", JSON))).isEqualTo(200);
    }

    @Test
    void aRefusalHasStatus403() {
        manager = subscription -> CompletableFuture.completedFuture(ChannelDecision.refused());

        assertThat(status(exchange("application/json", JSON))).isEqualTo(403);

        assertThat(outcomes).containsExactly(Outcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"application/json, 400", "application/x-www-form-urlencoded, 400", "text/plain, 415", ", 415"})
    void aBodyThatIsNoSubscriptionIsMalformed(String type, int status) {
        assertThat(status(exchange(type, "no subscription"))).isEqualTo(status);

        assertThat(outcomes).containsExactly(Outcome.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"16385, 413", "16384, 200"})
    void theAnnouncedLengthIsLimited(long length, int status) {
        MockServerWebExchange exchange = MockServerWebExchange.builder(MockServerHttpRequest.post("/auth")
                        .header("Content-Type", "application/json")
                        .contentLength(length)
                        .body(JSON))
                .principal(user)
                .build();

        assertThat(status(exchange)).isEqualTo(status);
    }

    @Test
    void aLongerBodyWithoutAnAnnouncedLengthIsRefused() {
        assertThat(status(exchange("application/json", JSON + " ".repeat(16 * 1024))))
                .isEqualTo(413);
    }

    /** An exchange whose form a filter may have read. */
    private ServerWebExchange form(Mono<MultiValueMap<String, String>> form) {
        return new ServerWebExchangeDecorator(exchange(FORM_TYPE, "")) {

            @Override
            public Mono<MultiValueMap<String, String>> getFormData() {
                return form;
            }
        };
    }

    private static MultiValueMap<String, String> fields(String... values) {
        MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
        for (int i = 0; i < values.length; i += 2) {
            fields.add(values[i], values[i + 1]);
        }
        return fields;
    }

    @Test
    void aFormIsReadOnce() {
        ServerWebExchange exchange =
                form(Mono.just(fields("socket_id", "1.1", "channel_name", "private-a", "csrf", null)));

        assertThat(status(exchange)).isEqualTo(200);
        assertThat(read).hasValue(0);
        assertThat(status(exchange(FORM_TYPE, "socket_id=1.1&channel_name=private-a")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"16373, 413", "16372, 200"})
    void theLengthOfAFormIsLimited(int length, int status) {
        ServerWebExchange exchange =
                form(Mono.just(fields("socket_id", "1.1", "channel_name", "private-a", "other", "a".repeat(length))));

        assertThat(status(exchange)).isEqualTo(status);
    }

    @Test
    void aFormThatCannotBeReadIsMalformed() {
        for (Throwable failure : List.of(
                new IllegalArgumentException("%zz"),
                new DecodingException("charset"),
                new ServerWebInputException("charset"))) {
            assertThat(status(form(Mono.error(failure)))).isEqualTo(400);
        }
        assertThat(status(form(Mono.error(new DataBufferLimitException("too long")))))
                .isEqualTo(413);
        assertThat(outcomes).hasSize(4).containsOnly(Outcome.MALFORMED);
    }
}
