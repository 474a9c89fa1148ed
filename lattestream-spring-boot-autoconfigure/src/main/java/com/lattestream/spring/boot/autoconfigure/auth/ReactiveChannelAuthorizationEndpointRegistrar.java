package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.internal.auth.reactive.ReactiveChannelAuthorizationEndpoint;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Maps the endpoint after the controllers of the application, unless one of them handles {@code POST} on its path.
 * Router functions take precedence over controllers.
 */
final class ReactiveChannelAuthorizationEndpointRegistrar implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(ReactiveChannelAuthorizationEndpointRegistrar.class);

    private final RequestMappingHandlerMapping mapping;

    private final ReactiveChannelAuthorizationEndpoint endpoint;

    private final HandlerPath path;

    // throws an exception if the endpoint cannot work
    private final Runnable startupCheck;

    ReactiveChannelAuthorizationEndpointRegistrar(
            RequestMappingHandlerMapping mapping,
            ReactiveChannelAuthorizationEndpoint endpoint,
            HandlerPath path,
            Runnable startupCheck) {
        this.mapping = mapping;
        this.endpoint = endpoint;
        this.path = path;
        this.startupCheck = startupCheck;
    }

    /** Returns the method that handles requests. */
    static Method handlerMethod() {
        return Objects.requireNonNull(ReflectionUtils.findMethod(
                ReactiveChannelAuthorizationEndpoint.class, "authorize", ServerWebExchange.class));
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (mapping.getHandlerMethods().keySet().stream().anyMatch(this::isMappedBy)) {
            logger.info(
                    "The application handles POST {} itself: the endpoint that authorizes channels is not registered",
                    path.path());
            return;
        }
        startupCheck.run();
        mapping.registerMapping(
                RequestMappingInfo.paths(path.path())
                        .customCondition(new ReactivePostRequestCondition())
                        .build(),
                endpoint,
                handlerMethod());
    }

    private boolean isMappedBy(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternsCondition().getPatterns().stream()
                        .map(PathPattern::getPatternString)
                        .anyMatch(path.path()::equals)
                && (methods.isEmpty() || methods.contains(RequestMethod.POST));
    }
}
