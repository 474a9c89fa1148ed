package com.lattestream.samples.chat.account;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import com.github.benmanes.caffeine.cache.Ticker;
import com.lattestream.samples.chat.browser.ChatProperties;
import com.lattestream.samples.chat.browser.ContentSecurityPolicy;
import com.lattestream.spring.LatteStreamBrowserSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Defines the login that each request requires. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** The page logs in with fetch, so responses have a status and do not redirect to another page. */
    @Bean
    SecurityFilterChain pages(HttpSecurity http, LatteStreamBrowserSettings settings) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/login.html", "/assets/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/accounts/demo")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/accounts")
                        .permitAll()
                        // /auth included: the authorizers decide among users that are logged in
                        .anyRequest()
                        .authenticated())
                .formLogin(login -> login.loginPage("/login.html")
                        .loginProcessingUrl("/login")
                        .successHandler((request, response, user) -> response.setStatus(HttpStatus.NO_CONTENT.value()))
                        .failureHandler(SecurityConfiguration::refuse))
                .logout(logout ->
                        logout.logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .exceptionHandling(exceptions -> exceptions
                        // a redirect to the login page would look like a success to the browser client
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.FORBIDDEN), pathPattern("/auth"))
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), pathPattern("/api/**")))
                .requestCache(RequestCacheConfigurer::disable)
                // a cookie that the page reads and sends back in a header
                .csrf(CsrfConfigurer::spa)
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives(ContentSecurityPolicy.of(settings))))
                .build();
    }

    /** Operators are logged in to the page, or use HTTP Basic, as Prometheus does. */
    @Bean
    @Order(1)
    SecurityFilterChain operations(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .anyRequest()
                        .hasRole("OPERATOR"))
                .httpBasic(basic -> basic.authenticationEntryPoint((request, response, refusal) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Operators\"");
                    refuse(request, response, refusal);
                }))
                .csrf(CsrfConfigurer::spa)
                .build();
    }

    /** Sends the same response whether the account exists or not. */
    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal) {
        if (refusal instanceof TooManyAttemptsException tooMany) {
            response.setHeader(HttpHeaders.RETRY_AFTER, tooMany.retryAfter());
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        } else {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        }
    }

    @Bean
    PasswordLogin passwordLogin(Accounts accounts, PasswordEncoder passwordEncoder) {
        return new PasswordLogin(accounts, passwordEncoder, Ticker.systemTicker());
    }

    @Bean
    Throttle<Network> signUps() {
        return new Throttle<>(10, Duration.ofMinutes(1), Ticker.systemTicker());
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    }

    /** Rejects foreign host names: by pointing its own name at this machine, another site could use the chat. */
    @Bean
    HttpFirewall firewall(ChatProperties properties) {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHostnames(properties::isOwnHost);
        return firewall;
    }
}
