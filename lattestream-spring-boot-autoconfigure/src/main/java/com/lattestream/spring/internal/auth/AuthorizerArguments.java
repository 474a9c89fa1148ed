package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelSubscription;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.ServletWebRequest;

/** Finds out, once, where the values of an authorizer's parameters come from. */
final class AuthorizerArguments {

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver",
            AuthorizerArguments.class.getClassLoader());

    private static final Set<String> CHANNEL = Set.of("channel", "channelName");

    private static final String SOCKET_ID = "socketId";

    private final ConversionService conversion;

    private final ParameterNameDiscoverer names;

    AuthorizerArguments(ConversionService conversion, ParameterNameDiscoverer names) {
        this.conversion = conversion;
        this.names = names;
    }

    List<AuthorizerArgument> of(Method method, ChannelPattern pattern) {
        List<AuthorizerArgument> arguments = new ArrayList<>();
        Set<String> open = new HashSet<>(pattern.variables());
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new MethodParameter(method, i);
            parameter.initParameterNameDiscovery(names);
            String name = parameter.getParameterName();
            if (name != null && pattern.variables().contains(name)) {
                open.remove(name);
                arguments.add(variable(parameter, name));
            } else {
                arguments.add(other(method, parameter, name, pattern));
            }
        }
        if (!open.isEmpty()) {
            throw new InvalidChannelAuthorizerException(
                    method, "no parameter takes the variable(s) " + open + " of \"" + pattern + "\"");
        }
        return arguments;
    }

    private AuthorizerArgument variable(MethodParameter parameter, String name) {
        TypeDescriptor target = new TypeDescriptor(parameter);
        TypeDescriptor source = TypeDescriptor.valueOf(String.class);
        return (subscription, variables) -> {
            Object value;
            try {
                value = conversion.convert(variables.get(name), source, target);
            } catch (ConversionException ex) {
                throw new AuthorizerArgument.UnfitException(
                        "{" + name + "} is no " + parameter.getParameterType().getSimpleName());
            }
            if (value == null) {
                throw new AuthorizerArgument.UnfitException("{" + name + "} stands for nothing");
            }
            return value;
        };
    }

    private AuthorizerArgument other(
            Method method, MethodParameter parameter, @Nullable String name, ChannelPattern pattern) {
        Class<?> type = parameter.getParameterType();
        AuthorizerArgument principal = SECURITY_PRESENT ? AuthenticatedPrincipal.argument(parameter) : null;
        if (principal != null) {
            return principal;
        }
        if (Principal.class.isAssignableFrom(type)) {
            return (subscription, variables) -> {
                if (!type.isInstance(subscription.user())) {
                    throw new AuthorizerArgument.UnfitException("the user is no " + type.getSimpleName());
                }
                return subscription.user();
            };
        }
        if (type == ChannelSubscription.class) {
            return (subscription, variables) -> subscription;
        }
        if (type.isAssignableFrom(HttpServletRequest.class) && type != Object.class) {
            return (subscription, variables) -> subscription.request();
        }
        if (type == String.class && SOCKET_ID.equals(name)) {
            return (subscription, variables) -> subscription.socketId();
        }
        if (type == String.class && name != null && CHANNEL.contains(name)) {
            return (subscription, variables) -> subscription.channel();
        }
        throw new InvalidChannelAuthorizerException(
                method,
                name == null
                        ? "the names of its parameters are not known: compile with -parameters"
                        : "its parameter '" + name + "' is neither a variable of \"" + pattern
                                + "\", nor a Principal, the HttpServletRequest, the ChannelSubscription, or a String"
                                + " called socketId or channel");
    }

    /** Knows Spring Security, and so is loaded only where that is. */
    private static final class AuthenticatedPrincipal {

        static @Nullable AuthorizerArgument argument(MethodParameter parameter) {
            AuthenticationPrincipalArgumentResolver resolver = new AuthenticationPrincipalArgumentResolver();
            if (!resolver.supportsParameter(parameter)) {
                return null;
            }
            return (subscription, variables) ->
                    resolver.resolveArgument(parameter, null, new ServletWebRequest(subscription.request()), null);
        }
    }
}
