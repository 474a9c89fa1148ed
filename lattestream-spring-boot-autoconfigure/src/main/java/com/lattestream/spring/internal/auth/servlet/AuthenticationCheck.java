package com.lattestream.spring.internal.auth.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** Whether the application regards the user of a request as authenticated. Thread-safe. */
@FunctionalInterface
public interface AuthenticationCheck {

    /** Accepts every principal: without Spring Security, only the servlet container authenticates users. */
    AuthenticationCheck ANY_PRINCIPAL = (principal, request) -> true;

    /**
     * Whether the user is authenticated.
     * @param principal the principal of the request
     * @param request the request
     * @return true if the application grants this user what it grants authenticated users
     */
    boolean isAuthenticated(Principal principal, HttpServletRequest request);
}
