package com.lattestream.spring.internal.auth.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** Checks whether the application considers the user of a request authenticated. Thread-safe. */
@FunctionalInterface
public interface AuthenticationCheck {

    /** Accepts every principal: without Spring Security, only the servlet container authenticates users. */
    AuthenticationCheck ANY_PRINCIPAL = (principal, request) -> true;

    /**
     * Returns whether the user is authenticated.
     * @param principal the principal of the request
     * @param request the request
     * @return true if the user has the permissions of an authenticated user
     */
    boolean isAuthenticated(Principal principal, HttpServletRequest request);
}
