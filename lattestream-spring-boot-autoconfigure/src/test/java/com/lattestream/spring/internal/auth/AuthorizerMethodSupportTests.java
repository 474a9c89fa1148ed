package com.lattestream.spring.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.auth.reactive.ReactiveAuthorizerMethodSupport;
import com.lattestream.spring.internal.auth.servlet.ServletAuthorizerMethodSupport;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The parameters and return types of authorizers. */
class AuthorizerMethodSupportTests {

    private final TestingAuthenticationToken alice = new TestingAuthenticationToken("alice", "password", "ROLE_USER");

    private final MockHttpServletRequest servletRequest = new MockHttpServletRequest();

    private final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.post("/auth").build());

    @AfterEach
    void clear() {
        SecurityContextHolder.clearContext();
    }

    private static AnnotatedChannelAuthorizationManager manager(Object authorizer, AuthorizerMethodSupport stack) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("authorizer", authorizer);
        DefaultFormattingConversionService conversion = new DefaultFormattingConversionService();
        conversion.addConverter(String.class, WithoutText.class, text -> new WithoutText());
        AnnotatedChannelAuthorizationManager manager =
                new AnnotatedChannelAuthorizationManager(beans, conversion, stack, false);
        manager.afterSingletonsInstantiated();
        return manager;
    }

    private static ChannelDecision decide(
            Object authorizer, AuthorizerMethodSupport stack, String channel, Principal user, Object request) {
        return manager(authorizer, stack)
                .authorize(new ChannelSubscription(user, "1.1", channel, request))
                .toCompletableFuture()
                .join();
    }

    private ChannelDecision onMvc(Object authorizer, String channel) {
        return decide(authorizer, new ServletAuthorizerMethodSupport(), channel, alice, servletRequest);
    }

    private ChannelDecision onWebFlux(Object authorizer, String channel) {
        return decide(authorizer, new ReactiveAuthorizerMethodSupport(), channel, alice, exchange);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private-user-1.1",
                "private-token-1.1",
                "private-subscription-1.1",
                "private-socket-1.1",
                "private-channel-1.1",
                "private-number-7",
                "private-date-2026-01-31"
            })
    void anAuthorizerHasTheParametersThatItDeclares(String channel) {
        assertThat(onMvc(new Parameters(), channel).isGranted()).isTrue();
        assertThat(onWebFlux(new Parameters(), channel).isGranted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-number-07", "private-number-x", "private-date-tomorrow"})
    void aVariableThatIsNotTheCanonicalTextOfItsTypeRefuses(String channel) {
        assertThat(onMvc(new Parameters(), channel).isGranted()).isFalse();
    }

    @Test
    void aUserOfAnotherTypeIsRefused() {
        assertThat(decide(
                                new Parameters(),
                                new ServletAuthorizerMethodSupport(),
                                "private-token-1.1",
                                () -> "alice",
                                servletRequest)
                        .isGranted())
                .isFalse();
    }

    static class Parameters {

        @ChannelAuthorizer("private-user-{id}")
        boolean user(Principal user, String id) {
            return user.getName().equals("alice") && id.equals("1.1");
        }

        @ChannelAuthorizer("private-token-{id}")
        boolean token(String id, TestingAuthenticationToken token) {
            return token.getName().equals("alice") && id.equals("1.1");
        }

        @ChannelAuthorizer("private-subscription-{id}")
        boolean subscription(ChannelSubscription subscription, String id) {
            return subscription.channel().endsWith(id);
        }

        @ChannelAuthorizer("private-socket-{id}")
        boolean socket(String socketId, String id) {
            return socketId.equals(id);
        }

        @ChannelAuthorizer("private-channel-{id}")
        boolean channel(String channel, String channelName, String id) {
            return channel.equals("private-channel-" + id) && channelName.equals(channel);
        }

        @ChannelAuthorizer("private-number-{number}")
        boolean number(int number) {
            return number == 7;
        }

        @ChannelAuthorizer("private-date-{date}")
        boolean date(@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date) {
            return date.equals(LocalDate.of(2026, 1, 31));
        }
    }

    @Test
    void authorizersOnMvcCanHaveTheRequestAndThePrincipalOfSpringSecurity() {
        SecurityContextHolder.getContext().setAuthentication(alice);

        assertThat(onMvc(new ServletParameters(), "private-request").isGranted())
                .isTrue();
        assertThat(onMvc(new ServletParameters(), "private-principal").isGranted())
                .isTrue();
    }

    class ServletParameters {

        @ChannelAuthorizer("private-request")
        boolean request(HttpServletRequest request, ServletRequest same) {
            return request == servletRequest && same == servletRequest;
        }

        @ChannelAuthorizer("private-principal")
        boolean principal(@AuthenticationPrincipal String name) {
            return name.equals("alice");
        }
    }

    @Test
    void authorizersOnWebFluxCanHaveTheExchangeAndItsRequest() {
        assertThat(onWebFlux(new ReactiveParameters(), "private-exchange").isGranted())
                .isTrue();
    }

    class ReactiveParameters {

        @ChannelAuthorizer("private-exchange")
        Mono<Boolean> exchange(ServerWebExchange current, ServerHttpRequest request) {
            return Mono.just(current == exchange && request == exchange.getRequest());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "private-yes, true",
        "private-no, false",
        "private-boxed, true",
        "private-null, false",
        "private-optional, true",
        "private-empty, false",
        "private-stage, true",
        "private-stage-of-empty, false",
        "presence-member, true"
    })
    void allReturnTypesAreDecisions(String channel, boolean granted) {
        assertThat(onMvc(new Returns(), channel).isGranted()).isEqualTo(granted);
        assertThat(onWebFlux(new Returns(), channel).isGranted()).isEqualTo(granted);
    }

    @Test
    void aMemberThatAnAuthorizerReturnsIsTheMember() {
        assertThat(onMvc(new Returns(), "presence-member").member())
                .map(PresenceMember::userId)
                .contains("7");
    }

    static class Returns {

        @ChannelAuthorizer("private-yes")
        boolean yes() {
            return true;
        }

        @ChannelAuthorizer("private-no")
        boolean no() {
            return false;
        }

        @ChannelAuthorizer("private-boxed")
        Boolean boxed() {
            return true;
        }

        @ChannelAuthorizer("private-null")
        Boolean nothing() {
            return null;
        }

        @ChannelAuthorizer("private-optional")
        Optional<Boolean> optional() {
            return Optional.of(true);
        }

        @ChannelAuthorizer("private-empty")
        Optional<PresenceMember> empty() {
            return Optional.empty();
        }

        @ChannelAuthorizer("private-stage")
        CompletionStage<Boolean> stage() {
            return CompletableFuture.completedStage(true);
        }

        @ChannelAuthorizer("private-stage-of-empty")
        CompletableFuture<Optional<PresenceMember>> stageOfEmpty() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @ChannelAuthorizer("presence-member")
        PresenceMember member() {
            return PresenceMember.of("7");
        }
    }

    @Test
    void publishersAreDecisionsOnWebFlux() {
        assertThat(onWebFlux(new Publishers(), "private-mono").isGranted()).isTrue();
        assertThat(onWebFlux(new Publishers(), "private-empty-mono").isGranted())
                .isFalse();
        isInvalid(Publishers::new, new ServletAuthorizerMethodSupport(), "its return type is");
    }

    static class Publishers {

        @ChannelAuthorizer("private-mono")
        Mono<Boolean> mono() {
            return Mono.just(true);
        }

        @ChannelAuthorizer("private-empty-mono")
        Mono<PresenceMember> empty() {
            return Mono.empty();
        }
    }

    private static void isInvalid(Supplier<Object> authorizer, AuthorizerMethodSupport stack, String reason) {
        assertThatExceptionOfType(InvalidChannelAuthorizerException.class)
                .isThrownBy(() -> manager(authorizer.get(), stack))
                .withMessageContaining(reason)
                .satisfies(invalid -> {
                    assertThat(invalid.reason()).contains(reason);
                    assertThat(invalid.method())
                            .contains("AuthorizerMethodSupportTests")
                            .endsWith("(...)");
                });
    }

    @Test
    void authorizersThatCannotBeCalledStopTheStart() {
        ServletAuthorizerMethodSupport mvc = new ServletAuthorizerMethodSupport();
        ReactiveAuthorizerMethodSupport webFlux = new ReactiveAuthorizerMethodSupport();

        isInvalid(ReturnsText::new, mvc, "its return type is java.lang.String");
        isInvalid(ReturnsMonoOfText::new, webFlux, "its return type is");
        isInvalid(UnboundVariable::new, mvc, "it has no parameter for the variable(s) [id]");
        isInvalid(UnknownParameter::new, mvc, "an HttpServletRequest, a ChannelSubscription");
        isInvalid(UnknownParameter::new, webFlux, "a ServerWebExchange, a ServerHttpRequest, a ChannelSubscription");
        isInvalid(NoConverter::new, mvc, "there is no converter from String");
        isInvalid(NoConverterBack::new, mvc, "there is no converter to String");
        isInvalid(PublicChannel::new, mvc, "\"chat\" is not a channel pattern");
        isInvalid(AnyObject::new, mvc, "its parameter 'other' is neither");
    }

    static class ReturnsText {

        @ChannelAuthorizer("private-a")
        String text() {
            return "";
        }
    }

    static class ReturnsMonoOfText {

        @ChannelAuthorizer("private-a")
        Mono<String> text() {
            return Mono.empty();
        }
    }

    static class UnboundVariable {

        @ChannelAuthorizer("private-{id}")
        boolean decide(Principal user) {
            return true;
        }
    }

    static class UnknownParameter {

        @ChannelAuthorizer("private-a")
        boolean decide(String other) {
            return true;
        }
    }

    static class AnyObject {

        @ChannelAuthorizer("private-a")
        boolean decide(Object other) {
            return true;
        }
    }

    static class NoConverter {

        @ChannelAuthorizer("private-{id}")
        boolean decide(Runnable id) {
            return true;
        }
    }

    static class NoConverterBack {

        @ChannelAuthorizer("private-{id}")
        boolean decide(WithoutText id) {
            return true;
        }
    }

    static class WithoutText {}

    static class PublicChannel {

        @ChannelAuthorizer("chat")
        boolean decide() {
            return true;
        }
    }
}
