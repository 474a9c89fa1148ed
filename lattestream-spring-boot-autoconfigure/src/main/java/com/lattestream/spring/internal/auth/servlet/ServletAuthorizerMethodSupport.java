package com.lattestream.spring.internal.auth.servlet;

import com.lattestream.spring.internal.auth.AuthorizerMethodSupport;
import com.lattestream.spring.internal.auth.ChannelAuthorizerArgumentResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.ServletWebRequest;

/** The parameters of authorizers that Spring MVC supports. Thread-safe. */
public final class ServletAuthorizerMethodSupport implements AuthorizerMethodSupport {

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver",
            ServletAuthorizerMethodSupport.class.getClassLoader());

    /** Creates the support. */
    public ServletAuthorizerMethodSupport() {}

    @Override
    public @Nullable ChannelAuthorizerArgumentResolver createResolver(MethodParameter parameter) {
        ChannelAuthorizerArgumentResolver principal =
                SECURITY_PRESENT ? AuthenticatedPrincipal.createResolver(parameter) : null;
        if (principal != null) {
            return principal;
        }
        Class<?> type = parameter.getParameterType();
        return type.isAssignableFrom(HttpServletRequest.class) && type != Object.class
                ? (subscription, variables) -> subscription.request(HttpServletRequest.class)
                : null;
    }

    @Override
    public String parameterTypes() {
        return "an HttpServletRequest";
    }

    /** Loaded only if Spring Security is present. */
    private static final class AuthenticatedPrincipal {

        static @Nullable ChannelAuthorizerArgumentResolver createResolver(MethodParameter parameter) {
            AuthenticationPrincipalArgumentResolver resolver = new AuthenticationPrincipalArgumentResolver();
            if (!resolver.supportsParameter(parameter)) {
                return null;
            }
            return (subscription, variables) -> resolver.resolveArgument(
                    parameter, null, new ServletWebRequest(subscription.request(HttpServletRequest.class)), null);
        }
    }
}
