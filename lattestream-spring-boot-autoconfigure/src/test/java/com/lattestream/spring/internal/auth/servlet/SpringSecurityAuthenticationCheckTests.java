package com.lattestream.spring.internal.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

class SpringSecurityAuthenticationCheckTests {

    private static final Authentication ALICE = new TestingAuthenticationToken("alice", "password", "ROLE_USER");

    private static final Authentication ANONYMOUS =
            new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_A"));

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @AfterEach
    void clear() {
        SecurityContextHolder.clearContext();
    }

    private boolean isAuthenticated(Principal principal) {
        return new SpringSecurityAuthenticationCheck(beans).isAuthenticated(principal, new MockHttpServletRequest());
    }

    /** The definition of authenticated of an application. */
    private record Definition(AuthorizationResult result) implements AuthorizationManagerFactory<Object> {

        @Override
        public AuthorizationManager<Object> authenticated() {
            return (authentication, context) -> result;
        }
    }

    @Test
    void byDefaultAUserWhoIsNotAnonymousIsAuthenticated() {
        assertThat(isAuthenticated(ALICE)).isTrue();
        assertThat(isAuthenticated(ANONYMOUS)).isFalse();
        assertThat(isAuthenticated(new TestingAuthenticationToken("alice", "password")))
                .isFalse();
    }

    @Test
    void theSecurityContextDecidesOnAnotherPrincipal() {
        assertThat(isAuthenticated(() -> "of the container")).isTrue();

        SecurityContextHolder.getContext().setAuthentication(ANONYMOUS);
        assertThat(isAuthenticated(() -> "of the container")).isFalse();
        SecurityContextHolder.getContext().setAuthentication(ALICE);
        assertThat(isAuthenticated(() -> "of the container")).isTrue();
    }

    @Test
    void theDefinitionOfTheApplicationDecides() {
        beans.registerSingleton("definition", new Definition(() -> false));
        assertThat(isAuthenticated(ALICE)).isFalse();
    }

    @Test
    void aDefinitionThatAbstainsRefuses() {
        beans.registerSingleton("definition", new Definition(null));
        assertThat(isAuthenticated(ALICE)).isFalse();
    }

    @Test
    void allDefinitionsMustAgree() {
        beans.registerSingleton("one", new Definition(() -> true));
        assertThat(isAuthenticated(ANONYMOUS)).isTrue();

        beans.registerSingleton("other", new Definition(() -> false));
        assertThat(isAuthenticated(ALICE)).isFalse();
    }
}
