package com.lattestream.samples.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.lattestream.test.EmbeddedLatteStream;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Logging in and signing up over HTTP, and which requests need it. */
@SpringBootTest
@AutoConfigureMockMvc
@EmbeddedLatteStream
class LoginTests {

    @Autowired
    MockMvcTester http;

    @Autowired
    ServletContext servletContext;

    @Autowired
    List<SecurityFilterChain> security;

    @ParameterizedTest
    @CsvSource({"Heidi, 192.0.2.10", "Nobody, 192.0.2.11"})
    void failedLoginsAreThrottledWhetherTheAccountExistsOrNot(String name, String address) {
        if (name.equals("Heidi")) {
            assertThat(signUp(name, from(address))).hasStatus(201);
        }
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(logIn(name, "tea", from(address))).hasStatus(401).doesNotContainHeader("Retry-After");
        }

        MvcTestResult refused = firstWithout(401, () -> logIn(name, "tea", from(address)));
        assertThat(refused).hasStatus(429).bodyText().isEmpty();
        assertThat(retryAfter(refused)).isBetween(1, 30);
        assertThat(logIn(name, "a password", from(address))).hasStatus(429);
    }

    @Test
    void failedLoginsWithHttpBasicAreThrottledToo() {
        MvcTestResult refused = firstWithout(401, () -> metrics(httpBasic("Basil", "tea")));

        assertThat(refused).hasStatus(429);
        assertThat(retryAfter(refused)).isBetween(1, 30);
    }

    @Test
    void signUpsAreThrottled() {
        AtomicInteger number = new AtomicInteger();
        MvcTestResult refused = firstWithout(201, () -> signUp("Many" + number.incrementAndGet(), from("192.0.2.12")));

        assertThat(refused).hasStatus(429);
        assertThat(retryAfter(refused)).isBetween(1, 60);
        assertThat(signUp("Many1", from("192.0.2.12"))).hasStatus(429);
        assertThat(signUp("Many1", from("192.0.2.13"))).hasStatus(409);
    }

    @Test
    void authorizationsNeedALogin() {
        // the endpoint itself would refuse requests without a login too, so its decision is tested directly
        assertThat(decision(new MockHttpServletRequest(servletContext, "POST", "/auth")))
                .isNotNull()
                .returns(false, AuthorizationResult::isGranted);
        assertThat(decision(new MockHttpServletRequest(servletContext, "POST", "/api/accounts")))
                .isNotNull()
                .returns(true, AuthorizationResult::isGranted);

        assertThat(http.post()
                        .uri("/auth")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"socket_id\":\"1.2\",\"channel_name\":\"presence-room-1\"}")
                        .with(csrf()))
                .hasStatus(403)
                .doesNotContainHeader("Location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/info", "/actuator/prometheus", "/actuator/lattestream"})
    void operationsAreForOperators(String path) {
        assertThat(http.get().uri(path)).hasStatus(401).hasHeader("WWW-Authenticate", "Basic realm=\"Operators\"");
        assertThat(http.get().uri(path).with(user("Bob"))).hasStatus(403);
        assertThat(http.get().uri(path).with(user("Alice").roles("OPERATOR"))).hasStatusOk();
        assertThat(http.get().uri(path).with(httpBasic("Alice", "latte"))).hasStatusOk();
        assertThat(http.get().uri(path).with(httpBasic("Bob", "latte"))).hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/h2-console", "/actuator/env", "/error", "/nowhere"})
    void allElseNeedsALogin(String path) {
        assertThat(http.get().uri(path).accept(MediaType.TEXT_HTML))
                .hasStatus3xxRedirection()
                .redirectedUrl()
                .endsWith("/login.html");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1, 200",
        "192.0.2.1, 200",
        "[::1], 200",
        "attacker.example, 400",
        "localhost.attacker.example, 400",
        "127.0.0.1.attacker.example, 400"
    })
    void foreignHostNamesAreRefused(String host, int status) {
        assertThat(http.get().uri("/login.html").with(request -> {
                    request.setServerName(host);
                    return request;
                }))
                .hasStatus(status);
    }

    private MvcTestResult logIn(String name, String password, RequestPostProcessor request) {
        return http.post()
                .uri("/login")
                .param("username", name)
                .param("password", password)
                .with(csrf())
                .with(request)
                .exchange();
    }

    private MvcTestResult signUp(String name, RequestPostProcessor request) {
        return http.post()
                .uri("/api/accounts")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\":\"" + name + "\",\"password\":\"a password\"}")
                .with(csrf())
                .with(request)
                .exchange();
    }

    /** Repeats a request; on a slow machine, attempts become available again meanwhile. */
    private static MvcTestResult firstWithout(int status, Supplier<MvcTestResult> request) {
        return Stream.generate(request)
                .limit(30)
                .filter(result -> result.getResponse().getStatus() != status)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Every response had the status " + status));
    }

    private MvcTestResult metrics(RequestPostProcessor request) {
        return http.get().uri("/actuator/prometheus").with(request).exchange();
    }

    private @Nullable AuthorizationResult decision(MockHttpServletRequest request) {
        AnonymousAuthenticationToken nobody =
                new AnonymousAuthenticationToken("key", "nobody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
        return security.stream()
                .filter(chain -> chain.matches(request))
                .flatMap(chain -> chain.getFilters().stream())
                .filter(AuthorizationFilter.class::isInstance)
                .map(AuthorizationFilter.class::cast)
                .findFirst()
                .orElseThrow()
                .getAuthorizationManager()
                .authorize(() -> nobody, request);
    }

    private static int retryAfter(MvcTestResult refused) {
        return Integer.parseInt(refused.getResponse().getHeader("Retry-After"));
    }

    private static RequestPostProcessor from(String address) {
        return request -> {
            request.setRemoteAddr(address);
            return request;
        };
    }
}
