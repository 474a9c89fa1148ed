package com.lattestream.spring.boot.autoconfigure.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint identifies users by any kind of login, and has the same protection as these logins. */
class LoginTests {

    private static final String SECRET = "lsk_test_of_logins";

    private static final String PRESENCE = "{\"socket_id\":\"1.1\",\"channel_name\":\"presence-lobby\"}";

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
    }

    private void start(Class<?> configuration) {
        application = new SpringApplicationBuilder(configuration)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--lattestream.secret=" + SECRET,
                        "--lattestream.auth.mode=local",
                        "--lattestream.auth.unmatched=authenticated");
    }

    private HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> authorize(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/auth")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(PRESENCE));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpResponse<String> submit(String path, String form) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private void logIn() throws IOException, InterruptedException {
        Matcher csrf = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"")
                .matcher(send(request("/login")).body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> response = submit("/login", "username=alice&password=password&_csrf=" + csrf.group(1));
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).doesNotContain("error"));
    }

    private static void assertIsAlice(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Map<?, ?> authorization = JsonMapper.shared().readValue(response.body(), Map.class);
        assertThat(authorization.get("channel_data")).isEqualTo("{\"user_id\":\"alice\"}");
        assertThat(new ChannelSigner(SECRET)
                        .verify((String) authorization.get("auth"), "presence-lobby", "{\"user_id\":\"alice\"}"))
                .isTrue();
    }

    @Test
    void aSessionNeedsTheTokenOfTheApplicationsOwnProtection() throws Exception {
        start(Sessions.class);
        logIn();
        String token = send(request("/csrf")).body();

        assertThat(authorize().statusCode()).isEqualTo(403);
        assertThat(authorize("X-CSRF-TOKEN", "made-up").statusCode()).isEqualTo(403);
        assertIsAlice(authorize("X-CSRF-TOKEN", token));
        // to look for the token in the form, the filter has its body read before the endpoint sees it
        assertIsAlice(submit("/auth", "socket_id=1.1&channel_name=presence-lobby&_csrf=" + token));
    }

    @Test
    void aSessionWillDoWhereThePathIsExempted() throws Exception {
        start(ExemptedFromCsrf.class);

        assertThat(authorize().statusCode()).isEqualTo(403);
        logIn();
        assertIsAlice(authorize());
    }

    @Test
    void onlyPagesOfTheConfiguredOriginMaySendRequests() throws Exception {
        start(ExemptedFromCsrf.class);
        logIn();

        HttpResponse<String> named = preflight("https://app.example.com");
        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example.com");
        assertThat(named.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(preflight("https://evil.example.com").statusCode()).isEqualTo(403);
        assertIsAlice(authorize("Origin", "https://app.example.com"));
        assertThat(authorize("Origin", "https://evil.example.com").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        request("/auth")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .headers(
                                        "Origin",
                                        origin,
                                        "Access-Control-Request-Method",
                                        "POST",
                                        "Access-Control-Request-Headers",
                                        "content-type")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBearerTokenIdentifiesTheUser() throws Exception {
        start(BearerTokens.class);
        String token = new NimbusJwtEncoder(new ImmutableSecret<>(BearerTokens.KEY))
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(),
                        JwtClaimsSet.builder().subject("alice").build()))
                .getTokenValue();

        assertIsAlice(authorize("Authorization", "Bearer " + token));
        assertThat(authorize("Authorization", "Bearer " + token + "x").statusCode())
                .isEqualTo(401);
        assertThat(authorize().statusCode()).isIn(401, 403);
    }

    @Test
    void withoutSpringSecurityTheContainerIdentifiesTheUser() throws Exception {
        start(ContainerLogin.class);
        String login = Base64.getEncoder().encodeToString("alice:password".getBytes(UTF_8));

        assertIsAlice(authorize("Authorization", "Basic " + login));
        assertThat(authorize().statusCode()).isEqualTo(401);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Csrf.class)
    static class Sessions {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    @RestController
    static class Csrf {

        @GetMapping("/csrf")
        String token(CsrfToken token) {
            return token.getToken();
        }
    }

    /** As the documentation has it. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ExemptedFromCsrf {

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/auth")
                            .authenticated()
                            .anyRequest()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                            new HttpStatusEntryPoint(HttpStatus.FORBIDDEN),
                            PathPatternRequestMatcher.withDefaults().matcher("/auth")))
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/auth"))
                    .cors(Customizer.withDefaults())
                    .build();
        }

        @Bean
        WebMvcConfigurer pagesOfAnotherOrigin() {
            return new WebMvcConfigurer() {
                @Override
                public void addCorsMappings(CorsRegistry registry) {
                    registry.addMapping("/auth")
                            .allowedOrigins("https://app.example.com")
                            .allowedMethods("POST")
                            .allowCredentials(true);
                }
            };
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}password").build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class BearerTokens {

        static final SecretKey KEY =
                new SecretKeySpec("a key of thirty-two bytes, no less".getBytes(UTF_8), "HmacSHA256");

        @Bean
        JwtDecoder tokens() {
            return NimbusJwtDecoder.withSecretKey(KEY).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        LatteStreamAutoConfiguration.class,
        LatteStreamAuthAutoConfiguration.class
    })
    static class ContainerLogin {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> login() {
            return factory -> factory.addContextCustomizers(context -> {
                SecurityCollection everything = new SecurityCollection();
                everything.addPattern("/*");
                SecurityConstraint users = new SecurityConstraint();
                users.addCollection(everything);
                users.addAuthRole(SecurityConstraint.ROLE_ALL_AUTHENTICATED_USERS);
                context.addConstraint(users);
                context.setLoginConfig(new LoginConfig("BASIC", "test", null, null));
                context.setRealm(new OneUser());
                context.getPipeline().addValve(new BasicAuthenticator());
            });
        }
    }

    private static final class OneUser extends RealmBase {

        @Override
        protected String getPassword(String username) {
            return username.equals("alice") ? "password" : null;
        }

        @Override
        protected Principal getPrincipal(String username) {
            return () -> username;
        }
    }
}
