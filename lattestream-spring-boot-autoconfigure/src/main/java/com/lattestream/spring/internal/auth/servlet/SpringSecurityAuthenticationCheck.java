package com.lattestream.spring.internal.auth.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * Applies the meaning of {@code authenticated()} in the application's Spring Security configuration. With multi-factor
 * authentication, for example, the user must have presented all factors. The check is that of
 * {@code authorizeHttpRequests}, from the same {@link AuthorizationManagerFactory} beans. Thread-safe.
 */
public final class SpringSecurityAuthenticationCheck implements AuthenticationCheck {

    private final SingletonSupplier<List<AuthorizationManagerFactory<RequestAuthorizationContext>>> factories;

    /**
     * Creates a check.
     * @param beans the bean factory with the application's {@link AuthorizationManagerFactory} beans, if there are any
     */
    public SpringSecurityAuthenticationCheck(ListableBeanFactory beans) {
        this.factories = SingletonSupplier.of(() -> find(beans));
    }

    @Override
    public boolean isAuthenticated(Principal principal, HttpServletRequest request) {
        Authentication authentication = principal instanceof Authentication own
                ? own
                : SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            // the servlet container has authenticated the user, and Spring Security does not filter this request
            return true;
        }
        RequestAuthorizationContext context = new RequestAuthorizationContext(request);
        // if there are several, all must agree, because the one that the application's rules use is not known
        return factories.obtain().stream().allMatch(factory -> {
            AuthorizationResult result = factory.authenticated().authorize(() -> authentication, context);
            return result != null && result.isGranted();
        });
    }

    @SuppressWarnings("unchecked") // the names are those of beans of the requested type
    private static List<AuthorizationManagerFactory<RequestAuthorizationContext>> find(ListableBeanFactory beans) {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> context : List.of(RequestAuthorizationContext.class, Object.class)) {
            ResolvableType type = ResolvableType.forClassWithGenerics(AuthorizationManagerFactory.class, context);
            names.addAll(List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)));
        }
        return names.isEmpty()
                ? List.of(new DefaultAuthorizationManagerFactory<>())
                : names.stream()
                        .map(name -> (AuthorizationManagerFactory<RequestAuthorizationContext>)
                                beans.getBean(name, AuthorizationManagerFactory.class))
                        .toList();
    }
}
