package com.lattestream.spring.internal.auth.reactive;

import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.auth.AuthorizerMethodSupport;
import com.lattestream.spring.internal.auth.ChannelAuthorizerArgumentResolver;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.reactive.result.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The parameters and return types of authorizers that Spring WebFlux supports. Thread-safe. */
public final class ReactiveAuthorizerMethodSupport implements AuthorizerMethodSupport {

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.web.reactive.result.method.annotation.AuthenticationPrincipalArgumentResolver",
            ReactiveAuthorizerMethodSupport.class.getClassLoader());

    // authorizers are called outside of the exchange's pipeline, and their publishers need its context, which contains
    // Spring Security's user
    private static final String CONTEXT = ReactiveAuthorizerMethodSupport.class.getName() + ".context";

    /** Creates the support. */
    public ReactiveAuthorizerMethodSupport() {}

    static void keepContext(ServerWebExchange exchange, ContextView context) {
        exchange.getAttributes().put(CONTEXT, context);
    }

    private static ContextView context(ChannelSubscription subscription) {
        ServerWebExchange exchange = subscription.request(ServerWebExchange.class);
        return exchange.getAttributeOrDefault(CONTEXT, Context.empty());
    }

    @Override
    public @Nullable ChannelAuthorizerArgumentResolver createResolver(MethodParameter parameter) {
        ChannelAuthorizerArgumentResolver principal =
                SECURITY_PRESENT ? AuthenticatedPrincipal.createResolver(parameter) : null;
        if (principal != null) {
            return principal;
        }
        Class<?> type = parameter.getParameterType();
        if (type == ServerWebExchange.class) {
            return (subscription, variables) -> subscription.request(ServerWebExchange.class);
        }
        if (type == ServerHttpRequest.class) {
            return (subscription, variables) ->
                    subscription.request(ServerWebExchange.class).getRequest();
        }
        return null;
    }

    @Override
    public String parameterTypes() {
        return "a ServerWebExchange, a ServerHttpRequest";
    }

    @Override
    public @Nullable ResolvableType asyncValueType(ResolvableType type) {
        return type.toClass() == Mono.class ? type.as(Mono.class).getGeneric(0) : null;
    }

    @Override
    public @Nullable CompletionStage<? extends @Nullable Object> toCompletionStage(
            @Nullable Object returned, ChannelSubscription subscription) {
        return returned instanceof Mono<?> mono
                ? mono.contextWrite(context(subscription)).toFuture()
                : null;
    }

    /** Loaded only if Spring Security is present. */
    private static final class AuthenticatedPrincipal {

        static @Nullable ChannelAuthorizerArgumentResolver createResolver(MethodParameter parameter) {
            AuthenticationPrincipalArgumentResolver resolver =
                    new AuthenticationPrincipalArgumentResolver(ReactiveAdapterRegistry.getSharedInstance());
            if (!resolver.supportsParameter(parameter)) {
                return null;
            }
            // the context contains the user, so this does not block
            return (subscription, variables) -> resolver.resolveArgument(
                            parameter, new BindingContext(), subscription.request(ServerWebExchange.class))
                    .contextWrite(context(subscription))
                    .block();
        }
    }
}
