package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelSubscription;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.convert.ConversionService;

/** Creates the resolvers of an authorizer's parameters, once for each method. */
final class ChannelAuthorizerArgumentResolvers {

    private static final Set<String> CHANNEL = Set.of("channel", "channelName");

    private static final String SOCKET_ID = "socketId";

    private final ConversionService conversion;

    private final ParameterNameDiscoverer names;

    private final AuthorizerMethodSupport stack;

    ChannelAuthorizerArgumentResolvers(
            ConversionService conversion, ParameterNameDiscoverer names, AuthorizerMethodSupport stack) {
        this.conversion = conversion;
        this.names = names;
        this.stack = stack;
    }

    List<ChannelAuthorizerArgumentResolver> createAll(Method method, ChannelPattern pattern) {
        List<ChannelAuthorizerArgumentResolver> arguments = new ArrayList<>();
        Set<String> unbound = new HashSet<>(pattern.variables());
        for (int i = 0; i < method.getParameterCount(); i++) {
            MethodParameter parameter = new MethodParameter(method, i);
            parameter.initParameterNameDiscovery(names);
            String name = parameter.getParameterName();
            if (name != null && pattern.variables().contains(name)) {
                unbound.remove(name);
                arguments.add(VariableArgumentResolver.of(method, parameter, name, conversion));
            } else {
                arguments.add(createForBuiltInType(method, parameter, name, pattern));
            }
        }
        if (!unbound.isEmpty()) {
            throw new InvalidChannelAuthorizerException(
                    method, "it has no parameter for the variable(s) " + unbound + " of \"" + pattern + "\"");
        }
        return arguments;
    }

    private ChannelAuthorizerArgumentResolver createForBuiltInType(
            Method method, MethodParameter parameter, @Nullable String name, ChannelPattern pattern) {
        Class<?> type = parameter.getParameterType();
        ChannelAuthorizerArgumentResolver stackSpecific = stack.createResolver(parameter);
        if (stackSpecific != null) {
            return stackSpecific;
        }
        if (Principal.class.isAssignableFrom(type)) {
            return (subscription, variables) -> {
                if (!type.isInstance(subscription.user())) {
                    throw new UnresolvableArgumentException("the user is not a " + type.getSimpleName());
                }
                return subscription.user();
            };
        }
        if (type == ChannelSubscription.class) {
            return (subscription, variables) -> subscription;
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
                        ? "the names of its parameters are not known: compile it with -parameters"
                        : "its parameter '" + name + "' is neither a variable of \"" + pattern
                                + "\" nor a Principal, " + stack.parameterTypes()
                                + ", a ChannelSubscription, or a String named socketId or channel");
    }
}
