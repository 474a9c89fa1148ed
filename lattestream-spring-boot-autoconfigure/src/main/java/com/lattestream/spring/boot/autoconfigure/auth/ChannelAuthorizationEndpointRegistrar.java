package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Maps the endpoint after the controllers of the application, unless one of them handles {@code POST} on its path. */
final class ChannelAuthorizationEndpointRegistrar implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(ChannelAuthorizationEndpointRegistrar.class);

    private final RequestMappingHandlerMapping mapping;

    private final ChannelAuthorizationEndpoint endpoint;

    private final HandlerPath path;

    // throws an exception if the endpoint cannot work
    private final Runnable startupCheck;

    ChannelAuthorizationEndpointRegistrar(
            RequestMappingHandlerMapping mapping,
            ChannelAuthorizationEndpoint endpoint,
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
                ChannelAuthorizationEndpoint.class, "authorize", HttpServletRequest.class, HttpServletResponse.class));
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (isHandledBy(mapping)) {
            logger.info(
                    "The application handles POST {} itself: the endpoint that authorizes channels is not registered",
                    path.path());
            return;
        }
        startupCheck.run();
        mapping.registerMapping(
                RequestMappingInfo.paths(path.path())
                        .customCondition(new PostRequestCondition())
                        .options(mapping.getBuilderConfiguration())
                        .build(),
                endpoint,
                handlerMethod());
    }

    private boolean isHandledBy(RequestMappingHandlerMapping controllers) {
        return controllers.getHandlerMethods().keySet().stream().anyMatch(this::isMappedBy);
    }

    private boolean isMappedBy(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().contains(path.path())
                && (methods.isEmpty() || methods.contains(RequestMethod.POST));
    }
}
