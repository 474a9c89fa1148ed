package com.lattestream.spring.boot.autoconfigure.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.auth.ChannelAuthorizedEvent;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.StubService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** The endpoint behind the security configurations of real applications. */
@ExtendWith(OutputCaptureExtension.class)
class SecurityRulesTests {

    private static final String BODY = "{\"socket_id\":\"1.1\",\"channel_name\":\"private-user-alice\"}";

    private final StubService service = StubService.start().respondingWith(exchange -> {
        byte[] body = "{\"auth\":\"lspc_of_the_service\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    });

    private final CookieManager cookies = new CookieManager();

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    private ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
        service.close();
    }

    private void start(String mode, Class<?>... configuration) {
        application = new SpringApplicationBuilder(configuration)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--lattestream.secret=lsk_test_of_the_rules",
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false",
                        "--lattestream.auth.mode=" + mode);
    }

    private URI uri(String path) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return URI.create("http://localhost:" + port + path);
    }

    private HttpRequest.Builder subscription() {
        return HttpRequest.newBuilder(uri("/auth"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void aTokenFilterThatSetsOnlyTheSecurityContextSuffices(String mode) throws Exception {
        start(mode, TokenFilterApplication.class);

        HttpResponse<String> response = send(subscription().header("X-User", "alice"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"auth\":\"");
        assertThat(send(subscription().header("X-User", "bob")).statusCode()).isEqualTo(403);
        assertThat(send(subscription()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void theHeadersOfFiltersAndTheBodyAreWholeUnderLoad(String mode) {
        start(mode, TokenFilterApplication.class, EtagFilter.class);
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            responses.add(browser.sendAsync(
                    subscription().header("X-User", "alice").build(), HttpResponse.BodyHandlers.ofString()));
        }

        assertThat(responses).allSatisfy(future -> {
            HttpResponse<String> response = future.join();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).startsWith("{\"auth\":\"").endsWith("\"}");
            for (String header :
                    List.of("X-Content-Type-Options", "X-Frame-Options", "Cache-Control", "Content-Type")) {
                assertThat(response.headers().allValues(header)).as(header).hasSize(1);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void aFilterThatCachesTheBodyDoesNotLoseIt(String mode) throws Exception {
        start(mode, TokenFilterApplication.class, CachingFilter.class);

        HttpResponse<String> response = send(subscription().header("X-User", "alice"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"auth\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "remote"})
    void theAuthenticationIsPartOfTheAuditEvent(String mode) throws Exception {
        start(mode, TokenFilterApplication.class, Audit.class);

        send(subscription().header("X-User", "alice"));

        assertThat(application.getBean(Audit.class).events).singleElement().satisfies(event -> {
            assertThat(event.principal())
                    .isInstanceOfSatisfying(
                            Authentication.class,
                            authentication ->
                                    assertThat(authentication.isAuthenticated()).isTrue());
            assertThat(event.user()).isEqualTo("alice");
        });
    }

    @Test
    void oneOfTwoFactorsIsNotEnoughEvenIfThePathIsPermitted() throws Exception {
        start("local", TwoFactors.class);

        assertThat(send(subscription().header("X-User", "alice").header("X-Factors", "FACTOR_PASSWORD"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(subscription().header("X-User", "alice").header("X-Factors", "FACTOR_PASSWORD,FACTOR_OTT"))
                        .statusCode())
                .isEqualTo(200);
    }

    static Stream<Class<?>> rememberMe() {
        return Stream.of(FullyAuthenticatedPath.class, FullyAuthenticatedEverywhere.class);
    }

    @ParameterizedTest
    @MethodSource("rememberMe")
    void aRememberedUserIsNotFullyAuthenticated(Class<?> configuration) throws Exception {
        start("local", configuration);
        HttpResponse<String> login = send(HttpRequest.newBuilder(uri("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=alice&password=password&remember-me=on")));
        assertThat(login.statusCode()).isEqualTo(302);
        assertThat(send(subscription()).statusCode()).isEqualTo(200);

        HttpCookie remembered = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("remember-me"))
                .findFirst()
                .orElseThrow();
        cookies.getCookieStore().removeAll();

        HttpResponse<String> response = send(subscription().header("Cookie", "remember-me=" + remembered.getValue()));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
    }

    @Test
    void aDenialByMethodSecurityIsAnOrdinaryRefusal(CapturedOutput output) throws Exception {
        start("local", TokenFilterApplication.class, MethodSecurity.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/auth"))
                .header("Content-Type", "application/json")
                .header("X-User", "alice")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"socket_id\":\"1.1\",\"channel_name\":\"private-staff\"}"));

        assertThat(send(request).statusCode()).isEqualTo(403);
        assertThat(output).doesNotContain("channel_decision_failed").doesNotContain("AuthorizationDeniedException");

        assertThat(send(request.header("X-Factors", "ROLE_STAFF")).statusCode()).isEqualTo(200);
    }

    static class Channels {

        @ChannelAuthorizer("private-user-{name}")
        boolean own(Principal user, String name) {
            return user.getName().equals(name);
        }
    }

    static class Staff {

        @PreAuthorize("hasRole('STAFF')")
        @ChannelAuthorizer("private-staff")
        public boolean staff() {
            return true;
        }
    }

    /** Authenticates as hand-written filters of applications do: for the first dispatch, in the security context. */
    static class TokenFilter extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String user = request.getHeader("X-User");
            if (user != null) {
                String factors = request.getHeader("X-Factors");
                List<GrantedAuthority> authorities = new ArrayList<>();
                for (String factor : factors == null ? new String[0] : factors.split(",")) {
                    authorities.add(
                            factor.startsWith("FACTOR_") ? FactorGrantedAuthority.fromAuthority(factor) : () -> factor);
                }
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, authorities));
            }
            chain.doFilter(request, response);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Channels.class)
    static class TokenFilterApplication {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .csrf(csrf -> csrf.disable())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .addFilterBefore(new TokenFilter(), UsernamePasswordAuthenticationFilter.class)
                    .build();
        }
    }

    static class EtagFilter {

        @Bean
        ShallowEtagHeaderFilter etags() {
            return new ShallowEtagHeaderFilter();
        }
    }

    /** As filters do that log responses. */
    static class CachingFilter extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
            try {
                chain.doFilter(request, cached);
            } finally {
                cached.copyBodyToResponse();
            }
        }
    }

    static class Audit {

        private final List<ChannelAuthorizedEvent> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(ChannelAuthorizedEvent event) {
            events.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMethodSecurity
    @Import(Staff.class)
    static class MethodSecurity {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMultiFactorAuthentication(
            authorities = {FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY})
    @Import(Channels.class)
    static class TwoFactors {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/auth")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.disable())
                    .addFilterBefore(new TokenFilter(), UsernamePasswordAuthenticationFilter.class)
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Channels.class)
    static class FullyAuthenticatedPath {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/auth")
                            .fullyAuthenticated()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.disable())
                    .formLogin(Customizer.withDefaults())
                    .rememberMe(Customizer.withDefaults())
                    .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                            new HttpStatusEntryPoint(HttpStatus.FORBIDDEN),
                            PathPatternRequestMatcher.withDefaults().matcher("/auth")))
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    /** The path is permitted to all, and the application's notion of authenticated excludes remembered users. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Channels.class)
    static class FullyAuthenticatedEverywhere {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/auth")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.disable())
                    .formLogin(Customizer.withDefaults())
                    .rememberMe(Customizer.withDefaults())
                    .build();
        }

        @Bean
        AuthorizationManagerFactory<RequestAuthorizationContext> rules() {
            return new AuthorizationManagerFactory<>() {

                @Override
                public AuthorizationManager<RequestAuthorizationContext> authenticated() {
                    return AuthenticatedAuthorizationManager.fullyAuthenticated();
                }
            };
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }
}
